// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer pixels;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @Flatten Layer flat;
}
