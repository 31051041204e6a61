// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize(scheme = TfliteInt16x8.class)
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(activations = @Activations(symmetric = false)) Layer logits;
}
