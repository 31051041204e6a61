import dev.detent.annotations.*;

@Model
@Quantize
class Orders {
  @Input(shape = {8, 8, 1}) Layer image;
  @Relu @BatchNorm @Conv2D(filters = 8, kernelSize = 3) Layer last;
  @Softmax @Output @KeepFloat @BatchNorm(scale = false) Layer alone;
  @BatchNorm @Quantize @Relu6 @Dense(units = 2) @Output Layer right;
}
