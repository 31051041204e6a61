import dev.detent.annotations.*;

@Model
class Stacked {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 1) @LogSoftmax(axis = 0) Layer logarithms;
  @Conv2D(filters = 4, kernelSize = 1) @L2Normalize(axis = 2) Layer unit;
}
