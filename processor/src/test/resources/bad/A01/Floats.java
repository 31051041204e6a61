import dev.detent.annotations.*;

/** In range as they are written, but not as the 32-bit floats that they become. */
@Model
class Floats {
  @Input(shape = 8) Layer x;
  @Dense(units = 4, kernelL2 = 1e39) Layer penalized;
  @Dense(units = 4) @BatchNorm(momentum = 0.99999999999, epsilon = 1e-50) Layer normalized;
  @Relu(maxValue = 1e300) Layer capped;
  @Dropout(rate = 0.999999999999) Layer dropped;
  @LeakyRelu(negativeSlope = 1e-60) Layer leaky;
}
