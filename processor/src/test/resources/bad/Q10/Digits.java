/*
 * The configuration asks for a zero point that the scheme does not have: with 16 bits TFLite's
 * kernels know the zero point 0 only.
 *
 * Remedy: remove the attribute; the scheme decides then.
 */
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize(scheme = TfliteInt16x8.class)
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(activations = @Activations(symmetric = false)) Layer logits;
}
