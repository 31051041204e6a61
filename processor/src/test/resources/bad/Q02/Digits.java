// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(weights = @Weights(narrowRange = false)) Layer logits;
}
