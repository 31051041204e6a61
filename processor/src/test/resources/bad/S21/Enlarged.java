// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Enlarged {
  @Input(shape = {7, 7, 4}) Layer image;
  @Conv2DTranspose(filters = 8, kernelSize = 3, strides = 2, outputPadding = 2) Layer wide;
}
