import dev.detent.annotations.*;

/** Every layer that reads one, with every attribute, fully quantized. */
@Model
@Quantize
class EveryLayer {
  @Input(shape = {32, 24, 3}) Layer image;

  @Conv2D(
      filters = 8,
      kernelSize = {3, 5},
      strides = {2, 1},
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      biasInitializer = Initializer.ONES,
      kernelL2 = 1e-4)
  @BatchNorm(momentum = 0.9, epsilon = 1e-5)
  @Relu6
  Layer conv;

  @DepthwiseConv2D(
      kernelSize = 3,
      depthMultiplier = 2,
      dilationRate = {2, 2},
      useBias = false,
      depthwiseInitializer = Initializer.LECUN_UNIFORM,
      depthwiseL2 = 0.5)
  @BatchNorm(center = false)
  @Relu
  Layer depthwise;

  @ZeroPad2D(padding = {1, 0, 2, 3}) Layer padded;
  @MaxPool2D(poolSize = 3, strides = 2, padding = Padding.SAME) @Relu Layer largest;
  @AveragePool2D(poolSize = {2, 1}) @Relu6 Layer average;
  @Dropout(rate = 0.25) Layer dropped;
  @Reshape(shape = {-1, 3, 16}) Layer reshaped;
  @GlobalAveragePool2D(keepDims = true) Layer mean;
  @Flatten Layer flat;
  @Dense(units = 12) @BatchNorm(scale = false) Layer hidden;
  @Relu Layer positive;
  @Dense(units = 12) Layer more;
  @Relu6 Layer bounded;
  @Dense(units = 5, kernelL1 = 0.002, kernelL2 = 0.001, useBias = false) Layer logits;
  @Softmax Layer probabilities;
}
