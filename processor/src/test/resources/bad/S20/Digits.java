// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 3}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, groups = 2) Layer conv;
}
