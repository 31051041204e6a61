// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @MaxPool2D(poolSize = 8) Layer small;
  @Conv2D(filters = 8, kernelSize = {3, 5}) Layer conv;
}
