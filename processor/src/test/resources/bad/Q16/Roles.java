import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

class Roles {
  static class Whole implements LayerQuantizer {}

  static class Other {}

  @QuantizeWith(weights = MaxAbs.class, activations = MaxAbs.class)
  @interface Wrong {}

  @Model
  @Quantize
  static class Network {
    @Input(shape = 4) Layer values;
    @Dense(units = 4)
    @QuantizeConfig(activations = @Activations(quantizer = Whole.class)) Layer a;
    @Dense(units = 4) @QuantizeConfig(layer = LastValue.class) Layer b;
    @Dense(units = 4) @QuantizeConfig(layer = None.class) Layer c;
    @Dense(units = 4) @QuantizeConfig(weights = @Weights(quantizer = Other.class)) Layer d;
    @Dense(units = 4) @Wrong Layer e;
  }
}
