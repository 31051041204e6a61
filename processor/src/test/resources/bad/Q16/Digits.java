// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(weights = @Weights(quantizer = LastValue.class)) Layer logits;
}
