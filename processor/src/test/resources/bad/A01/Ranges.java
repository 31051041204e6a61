import dev.detent.annotations.*;

@Model
class Ranges {
  static final int NONE = 0;
  @Input(shape = {28, 0, 1}) Layer image;
  @Conv2D(filters = 1, kernelSize = 3, kernelL2 = -1) Layer a;
  @Conv2D(filters = 1, kernelSize = 3, kernelL2 = 1 / 0.0) Layer infinite;
  @Conv2D(filters = 1, kernelSize = 3, strides = 0, dilationRate = {1, 0}) Layer b;
  @DepthwiseConv2D(kernelSize = 3, depthMultiplier = NONE, depthwiseL2 = 0.0 / 0) Layer c;
  @MaxPool2D(poolSize = 0) Layer d;
  @AveragePool2D(strides = {2, -2}) Layer e;
  @ZeroPad2D(padding = {1, 1, -1, 1}) Layer f;
  @Conv2D(filters = 1, kernelSize = 3) @BatchNorm(momentum = 1, epsilon = 0) Layer g;
  @Reshape(shape = {-2, 4}) Layer h;
  @Dense(units = -10) Layer logits;
}
