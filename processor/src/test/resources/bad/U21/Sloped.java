import dev.detent.annotations.*;

@Model
class Sloped {
  @Input(shape = {8, 8, 1}) Layer image;
  @Conv2D(filters = 4, kernelSize = 1) Layer conv;
  @Reshape(shape = {64, 4}) Layer rows;
  @BatchNorm @PRelu Layer norm;
  @Flatten Layer flat;
}
