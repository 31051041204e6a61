// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Siamese {
  @Input(shape = {28, 28, 1}) Layer left;
  @Conv2D(filters = 8, kernelSize = 3) Layer leftConv;
  @Input(shape = {28, 28, 3}) Layer right;
  @Conv2D(filters = 8, kernelSize = 3, sharedWith = "leftConv") Layer rightConv;
  @Add({"leftConv", "rightConv"}) Layer sum;
}
