import dev.detent.annotations.*;

/** Activations that are fused, stand behind an operation, or on a field of their own. */
@Model
@Quantize
class Nonlinear {
  static final boolean SPLIT = true;
  static final double CEILING = 3.5;

  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @Relu(maxValue = 6) Layer six;
  @Conv2D(filters = 4, kernelSize = 1) @HardTanh Layer one;
  @Conv2D(filters = 4, kernelSize = 1) @BatchNorm @HardSwish Layer hardSwish;
  @DepthwiseConv2D(kernelSize = 1) @HardSwish @Bind("split = SPLIT") Layer splitSwish;
  @DepthwiseConv2D @BatchNorm @Relu
  @Bind({"kernelSize = 1", "center = !SPLIT", "maxValue = CEILING"}) Layer bound;
  @DepthwiseConv2D(kernelSize = 1) @Relu(maxValue = 2.5) Layer ceiling;
  @Conv2D(filters = 4, kernelSize = 1) @Relu(negativeSlope = 0.1, maxValue = 20) Layer slope;
  @Conv2D(filters = 4, kernelSize = 1) @BatchNorm @PRelu(sharedAxes = {1, 2}) Layer prelu;
  @MaxPool2D(poolSize = 2) @Sigmoid Layer sigmoid;
  @Add({"sigmoid", "sigmoid"}) @Swish Layer swish;
  @Concat({"swish", "sigmoid"}) @Relu Layer merged;
  @HardTanh Layer hardTanh;
  @LeakyRelu Layer leakyRelu;
  @PRelu(alphaInitializer = Initializer.ONES) Layer alphas;
  @Elu Layer elu;
  @HardSigmoid Layer hardSigmoid;
  @Tanh Layer tanh;
  @Exponential Layer exponential;
  @Softplus Layer softplus;
  @Selu Layer selu;
  @Mish Layer mish;
  @ThresholdedRelu(theta = 0.25) Layer thresholded;
  @Gelu Layer gelu;
  @Gelu(approximate = true) @KeepFloat Layer inFloat;
  @Flatten @L2Normalize Layer unit;
  @Dense(units = 4) @LogSoftmax @Output Layer logarithms;
  @Dense(units = 4, from = "unit") @Softmax @Output Layer probabilities;
}
