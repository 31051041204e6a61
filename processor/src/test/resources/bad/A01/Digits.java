// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 0, kernelSize = {3, -1}) Layer conv;
  @Dropout(rate = 1) Layer dropped;
}
