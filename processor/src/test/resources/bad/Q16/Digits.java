/*
 * The class is a quantizer, but of something else: one of activations is named for weights, for
 * example.
 *
 * Remedy: name it where it belongs, or name another.
 */
import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(weights = @Weights(quantizer = LastValue.class)) Layer logits;
}
