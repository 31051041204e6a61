import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(name = "old accelerator", weights = @WeightRule(granularity = Granularity.PER_TENSOR))
interface PerTensorOnly {}

@QuantizeConfig(weights = @Weights(granularity = Granularity.PER_CHANNEL))
@interface Fine {}

@Model
@Quantize(scheme = PerTensorOnly.class)
@Fine
class OldAccelerator {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) Layer conv;
  @Conv2D(filters = 4, kernelSize = 3) Layer more;
}
