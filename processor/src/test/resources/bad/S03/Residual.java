// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Residual {
  @Input(shape = {32, 32, 3}) Layer image;
  @Conv2D(filters = 16, kernelSize = 3, strides = 2, padding = Padding.SAME) Layer conv;
  @Conv2D(filters = 16, kernelSize = 1, from = "image") Layer shortcut;
  @Add({"conv", "shortcut"}) Layer sum;
}
