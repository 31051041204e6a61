// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

abstract class Percentile implements ActivationQuantizer {}

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10)
  @QuantizeConfig(activations = @Activations(quantizer = Percentile.class))
  Layer logits;
}
