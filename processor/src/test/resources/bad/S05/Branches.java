// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Branches {
  @Input(shape = {32, 32, 3}) Layer image;
  @Conv2D(filters = 16, kernelSize = 1) Layer narrow;
  @Conv2D(filters = 16, kernelSize = 1, from = "image") Layer wide;
  @Concat(value = {"narrow", "wide"}, axis = 0) Layer both;
}
