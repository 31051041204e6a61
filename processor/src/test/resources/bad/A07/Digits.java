// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  static final int WIDTH = 8;

  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(kernelSize = 3, filters = 4) @Bind({"filter = WIDTH", "filters = WIDTH"}) Layer conv;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu(maxValue = 6)
  @Bind({"maxValue = WIDTH", "center = WIDTH"}) Layer bounded;
}
