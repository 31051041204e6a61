import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@interface MyLayer {}

@Scheme(
    name = " ",
    weights = @WeightRule(bits = {1, 8}, granularity = {}),
    activations = {},
    biasBits = 4,
    only = {Dense.class, Override.class, Input.class},
    without = {Softmax.class, MyLayer.class},
    fuses = {Relu.class, Softmax.class, Dense.class},
    operations = {
      @OperationRule(of = {}, weights = @WeightRule(bits = 17)),
      @OperationRule(of = Dense.class, scale = 0.5),
      @OperationRule(of = Dense.class, range = OutputRange.OWN, zeroPoint = 3)
    })
interface Broken {}

@Model
@Quantize(scheme = Broken.class)
class Parts {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) Layer dense;
}
