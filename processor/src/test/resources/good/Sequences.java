import dev.detent.annotations.*;

/** One-dimensional layers, whose RESHAPEs cancel, and two branches of one set of weights. */
@Model
@Quantize
class Sequences {
  @Input(shape = {32, 3}) Layer left;
  @GaussianNoise(stddev = 0.1) Layer noisy;
  @Conv1D(filters = 4, kernelSize = 3, strides = 2, kernelL2 = 1e-4) @BatchNorm @Relu Layer leftConv;
  @SeparableConv1D(filters = 4, kernelSize = 3, padding = Padding.SAME) Layer leftSeparable;
  @Add({"leftConv", "leftSeparable"}) @Relu Layer leftSum;
  @MaxPool1D Layer leftPool;
  @GlobalAveragePool1D Layer leftMean;

  @Input(shape = {32, 3}) Layer right;
  @Conv1D(filters = 4, kernelSize = 3, strides = 2, sharedWith = "leftConv")
  @BatchNorm
  @Relu
  Layer rightConv;
  @SeparableConv1D(
      filters = 4,
      kernelSize = 3,
      padding = Padding.SAME,
      sharedWith = "leftSeparable")
  Layer rightSeparable;
  @SpatialDropout1D(rate = 0.2) Layer dropped;
  @BatchNorm @Relu Layer rightNorm;
  @AveragePool1D(poolSize = 3, strides = 1, padding = Padding.SAME) Layer rightPool;
  @GlobalMaxPool1D Layer rightMost;

  @Concat({"leftMean", "rightMost"}) Layer both;
  @Dense(units = 2) Layer same;
}
