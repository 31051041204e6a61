import dev.detent.annotations.*;

@Model
class BatchNormAlone {
  @Input(shape = {28, 28, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3) Layer conv;
  @BatchNorm Layer norm;
}
