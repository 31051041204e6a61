import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

@QuantizeWith(weights = MaxAbs.class)
@QuantizeConfig(weights = @Weights(quantizer = MaxAbs.class))
@interface Twice {}

@QuantizeWith(activations = AllValues.class)
@interface ByAllValues {}

class Whole implements LayerQuantizer {}

@Model
@Quantize
class Together {
  @Input(shape = 4) Layer values;
  @Dense(units = 4) @Twice Layer a;
  @Dense(units = 4) @ByAllValues @QuantizeConfig(bits = 8) Layer b;
  @Dense(units = 4)
  @QuantizeConfig(
      weights = @Weights(quantizer = MaxAbs.class),
      activations = @Activations(quantizer = AllValues.class),
      layer = Whole.class)
  Layer c;
}
