import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(
    name = "bare",
    without = Relu6.class,
    operations = @OperationRule(of = Conv2D.class, fuses = {}))
interface Bare {}

@Model
@Quantize(scheme = Bare.class)
class Nothing {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu6 Layer conv;
  @DepthwiseConv2D(kernelSize = 3) @BatchNorm @Relu6 Layer depthwise;
}
