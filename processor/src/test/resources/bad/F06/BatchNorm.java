import dev.detent.annotations.*;

@Model
class BatchNorm {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @Conv2D(filters = 8, kernelSize = 3) @dev.detent.annotations.BatchNorm(from = "image") Layer next;
}
