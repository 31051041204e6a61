import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(
    name = "fixed",
    tflite = true,
    biasBits = 16,
    activations = @ActivationRule(bits = {8, 4}),
    operations = {
      @OperationRule(of = Softmax.class, range = OutputRange.FIXED),
      @OperationRule(of = Relu.class, range = OutputRange.FIXED, scale = 1.0 / 16, zeroPoint = -128)
    })
interface Broken {}

@Model
@Quantize(scheme = Broken.class)
class FixedRanges {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) Layer dense;
}
