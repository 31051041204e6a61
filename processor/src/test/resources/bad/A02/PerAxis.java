import dev.detent.annotations.*;

@Model
class PerAxis {
  @Input(shape = {8, 3}) Layer steps;
  @Slice(begin = {0, 0, 0, 0, 0}) Layer slice;
  @ZeroPad1D(padding = {1, 2, 3}) Layer padded;
  @Subtract({"slice", "padded", "steps"}) Layer difference;
  @Mean(axis = {}) Layer mean;
}
