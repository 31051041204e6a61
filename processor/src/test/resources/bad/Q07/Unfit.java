import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

class Quantizers {
  static class Fitting implements ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant(0.5f));
    }
  }

  interface Kind extends ActivationQuantizer {}

  static class Other {}

  static class Wrong extends Fitting {
    Wrong(int size) {}
  }

  class Inner extends Fitting {}
}

@QuantizeConfig(activations = @Activations(quantizer = Quantizers.Other.class))
@interface ByOther {}

@Model
@Quantize
class Unfit {
  @Input(shape = 4) Layer values;
  @Dense(units = 4)
  @QuantizeConfig(activations = @Activations(quantizer = Quantizers.Kind.class)) Layer a;
  @Dense(units = 4) @ByOther Layer b;
  @Dense(units = 4)
  @QuantizeConfig(activations = @Activations(quantizer = Quantizers.Wrong.class)) Layer c;
  @Dense(units = 4)
  @QuantizeConfig(activations = @Activations(quantizer = Quantizers.Inner.class)) Layer d;
  @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = int.class)) Layer e;
  @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = AllValues[].class)) Layer f;
  @Dense(units = 4) @QuantizeConfig(weights = @Weights(quantizer = Quantizers.Fitting.class)) Layer g;
}
