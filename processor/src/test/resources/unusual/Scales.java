package unusual;

import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/** Scales far from 1, and a name that is no Javadoc. */
@Model
@Quantize(scheme = Scales.Chip.class)
class Scales {
  @Input(shape = 8) Layer x;
  @Dense(units = 4) Layer y;
  @Softmax Layer small;
  @Tanh Layer large;
  @Sigmoid Layer odd;

  @Scheme(
      name = "<A1> & {@b} */ \\u0041 \"é\"\n@end",
      operations = {
        @OperationRule(of = Softmax.class, range = OutputRange.FIXED, scale = 1.0 / (1L << 40)),
        @OperationRule(of = Tanh.class, range = OutputRange.FIXED, scale = 3e38),
        @OperationRule(of = Sigmoid.class, range = OutputRange.FIXED, scale = 0.3)
      })
  interface Chip {}
}
