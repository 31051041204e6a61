/*
 * The configuration asks for a width that the scheme, which is what the target can do, does not
 * have for this kind of layer.
 *
 * Remedy: use a width that is named, or a scheme that has this one: `TfliteInt4Weights`,
 * `TfliteInt16x8`, or `AnyWidth` to simulate 2 to 16 bits.
 */
import dev.detent.annotations.*;

@Model
@Quantize
@QuantizeConfig(bits = 4)
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
}
