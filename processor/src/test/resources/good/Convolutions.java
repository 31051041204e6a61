import dev.detent.annotations.*;

/** Every layer with weights beside the plain ones, with every attribute. */
@Model
@Quantize
class Convolutions {
  @Input(shape = {16, 12, 4}) Layer image;

  @Conv2D(filters = 8, kernelSize = 3, groups = 2, padding = Padding.SAME) @Relu Layer grouped;

  @SeparableConv2D(
      filters = 6,
      kernelSize = {3, 2},
      strides = {2, 1},
      padding = Padding.SAME,
      depthMultiplier = 2,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL,
      pointwiseInitializer = Initializer.HE_UNIFORM,
      depthwiseL1 = 1e-6,
      depthwiseL2 = 1e-4,
      pointwiseL1 = 1e-7,
      pointwiseL2 = 1e-5)
  @BatchNorm
  @Relu6
  Layer separable;

  @SpatialDropout2D(rate = 0.1) Layer dropped;

  @Conv2DTranspose(
      filters = 5,
      kernelSize = {3, 2},
      strides = 2,
      outputPadding = {1, 0},
      kernelInitializer = Initializer.LECUN_NORMAL,
      biasInitializer = Initializer.ONES,
      kernelL1 = 0.02)
  @BatchNorm(scale = false)
  @Relu
  Layer enlarged;

  @Dense(units = 5) Layer pixels;
  @BatchNorm(momentum = 0.9) Layer folded;
  @ZeroPad2D Layer padded;
  @BatchNorm(center = false) @Relu Layer alone;
  @GlobalMaxPool2D(keepDims = true) Layer most;
  @Flatten Layer flat;
  @Dense(units = 3) Layer logits;
}
