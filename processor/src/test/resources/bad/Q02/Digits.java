/*
 * The configuration lets weights be -128, which the scheme does not have: TFLite's int8
 * specification forbids it.
 *
 * Remedy: remove `narrowRange = false`.
 */
import dev.detent.annotations.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @QuantizeConfig(weights = @Weights(narrowRange = false)) Layer logits;
}
