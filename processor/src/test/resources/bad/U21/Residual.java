// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Residual {
  @Input(shape = {28, 28, 8}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) Layer conv;
  @Add({"image", "conv"}) Layer sum;
  @BatchNorm @Relu Layer norm;
}
