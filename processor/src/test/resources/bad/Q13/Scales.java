import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Scheme(
    name = "chip",
    operations = {
      @OperationRule(of = Softmax.class, range = OutputRange.FIXED, scale = 1e-300 / 64),
      @OperationRule(of = Tanh.class, range = OutputRange.FIXED, scale = 1e39),
      @OperationRule(of = Sigmoid.class, range = OutputRange.FIXED, scale = 0.0 / 0.0)
    })
interface Scales {}
