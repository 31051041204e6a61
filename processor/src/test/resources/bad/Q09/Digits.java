// The example in docs/DIAGNOSTICS.md.
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
