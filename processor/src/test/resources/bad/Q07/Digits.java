/*
 * The class that is to be a quantizer cannot be made by the generated code.
 *
 * Remedy: let it be a class that is neither abstract nor inner, with a constructor, both visible
 * in the package of the model. An annotation of your own with `@QuantizeWith` passes parameters;
 * without one the constructor has none.
 */
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
