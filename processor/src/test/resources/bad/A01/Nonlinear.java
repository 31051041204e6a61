import dev.detent.annotations.*;

@Model
class Nonlinear {
  @Input(shape = {8, 8, 3}) Layer image;
  @Relu(maxValue = 0, negativeSlope = -0.1) Layer a;
  @Relu(threshold = 0.5) Layer b;
  @LeakyRelu(negativeSlope = 0) Layer c;
  @Elu(alpha = 0.7) Layer d;
  @Conv2D(filters = 4, kernelSize = 1) @Relu(maxValue = 0.0 / 0) Layer e;
  @PRelu(sharedAxes = {0, 1}) Layer f;
}
