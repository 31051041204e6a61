// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) @Relu @Relu6 Layer conv;
}
