import dev.detent.annotations.*;

@Model
class Unlike {
  @Input(shape = {8, 8, 4}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) Layer conv;
  @Conv2D(filters = 4, kernelSize = 5, sharedWith = "conv") @Output Layer wider;
  @Conv2D(filters = 4, kernelSize = 3, useBias = false, sharedWith = "conv") @Output Layer bare;
  @DepthwiseConv2D(kernelSize = 3, sharedWith = "conv") @Output Layer depthwise;
  @Dense(units = 4) @BatchNorm Layer dense;
  @Dense(units = 4, sharedWith = "dense") @BatchNorm(epsilon = 1e-5) @Output Layer norm;
}
