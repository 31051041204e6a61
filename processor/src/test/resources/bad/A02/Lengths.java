import dev.detent.annotations.*;

@Model
class Lengths {
  @Input(shape = {}) Layer none;
  @Input(shape = {1, 2, 3, 4, 5}) Layer five;
  @Conv2D(filters = 8, kernelSize = {}) Layer a;
  @MaxPool2D(poolSize = {2, 2, 2}, strides = {1, 1, 1}) Layer b;
  @Reshape(shape = {}) Layer c;
  @Add("c") Layer sum;
  @Concat({}) Layer both;
}
