import dev.detent.annotations.*;

/** Layers of sequences that make them longer, and a convolution of each channel: every attribute. */
@Model
@Quantize
class Signals {
  @Input(shape = {12, 3}) Layer signal;

  @DepthwiseConv1D(
      kernelSize = 3,
      strides = 2,
      depthMultiplier = 2,
      padding = Padding.CAUSAL,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = 1e-4)
  @BatchNorm
  @Relu
  Layer channels;

  @DepthwiseConv1D(kernelSize = 2, dilationRate = 2, padding = Padding.SAME) Layer dilated;
  @UpSample1D Layer twice;
  @UpSample1D(size = 3, from = "dilated") Layer thrice;

  @Conv1DTranspose(
      filters = 4,
      kernelSize = 3,
      strides = 2,
      outputPadding = 1,
      kernelInitializer = Initializer.LECUN_NORMAL,
      biasInitializer = Initializer.ONES,
      kernelL2 = 0.01)
  @BatchNorm
  @Relu6
  Layer longer;

  @Conv1DTranspose(
      filters = 4,
      kernelSize = 4,
      strides = 3,
      padding = Padding.SAME,
      useBias = false,
      from = "twice")
  Layer threefold;

  @GlobalAveragePool1D(from = "longer") Layer first;
  @GlobalMaxPool1D(from = "threefold") Layer second;
  @Add({"first", "second"}) Layer sum;
}
