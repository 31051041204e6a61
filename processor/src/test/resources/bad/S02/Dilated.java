import dev.detent.annotations.*;

@Model
class Dilated {
  @Input(shape = {8, 8, 1}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, dilationRate = 4) Layer conv;
}
