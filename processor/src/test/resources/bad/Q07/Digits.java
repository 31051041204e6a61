/*
 * The class that is to find the range of activations cannot be used for it.
 *
 * Remedy: let it implement `RangeQuantizer`, with a constructor without parameters, both
 * visible in the package of the model. Weights take no quantizer.
 */
import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

abstract class Percentile implements RangeQuantizer {}

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10)
  @QuantizeConfig(activations = @Activations(quantizer = Percentile.class))
  Layer logits;
}
