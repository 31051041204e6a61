/*
 * The configuration asks for as many scales of weights as the scheme does not have at that
 * width: TFLite's 4-bit convolutions have one for each output channel, its 4-bit dense layers
 * have one.
 *
 * Remedy: use the granularity that is named, or another width.
 */
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize(scheme = TfliteInt4Weights.class)
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10)
  @QuantizeConfig(weights = @Weights(granularity = Granularity.PER_CHANNEL))
  Layer logits;
}
