import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/** Weights of 4 bits, but for the first and the last layer. */
@Model
@Quantize(scheme = TfliteInt4Weights.class)
class Int4Weights {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @Relu @QuantizeConfig(bits = 8) Layer first;
  @DepthwiseConv2D(kernelSize = 3) @BatchNorm @Relu6 Layer depthwise;
  @Conv2D(filters = 4, kernelSize = 1) @Relu Layer pointwise;
  @Flatten Layer flat;
  @Dense(units = 8) @Relu Layer hidden;
  @Dense(units = 4) @QuantizeConfig(weights = @Weights(bits = 8)) Layer logits;
}
