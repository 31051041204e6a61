import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

class Networks {
  private static class Hidden implements ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant(0.5f));
    }
  }

  static class NoWay extends LastOne {
    private NoWay() {}
  }

  static class LastOne implements ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant(0.5f));
    }
  }

  @Model
  @Quantize
  static class Digits {
    @Input(shape = 4) Layer values;
    @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = Hidden.class)) Layer a;
    @Dense(units = 4) @QuantizeConfig(activations = @Activations(quantizer = NoWay.class)) Layer b;
  }
}
