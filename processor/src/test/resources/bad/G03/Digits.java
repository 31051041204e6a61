// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 8}) Layer image;
  @Add({"image", "conv"}) Layer sum;
  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) Layer conv;
}
