import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

class Parameters {
  abstract static class Still implements WeightQuantizer, ActivationQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant(0.5f));
    }
  }

  static final class Named extends Still {
    Named(double share, double other) {}

    private Named(String hidden) {}
  }

  record Recorded(double gradientScale) implements WeightQuantizer {
    @Override
    public Grid grid(Site site) {
      return Grid.of(site, site.tf().constant((float) gradientScale));
    }
  }

  static final class Hidden extends Still {
    private Hidden() {}
  }

  @QuantizeWith(weights = Named.class)
  @interface ByHidden {
    String hidden() default "";
  }

  @QuantizeWith(weights = Named.class)
  @interface Swapped {
    double other() default 1;
    double share() default 1;
  }

  @QuantizeWith(weights = Recorded.class)
  @interface Misspelt {
    double gradientscale() default 1;
  }

  @QuantizeWith(weights = Named.class)
  @interface Nested {
    Output[] outputs() default @Output;
  }

  @QuantizeWith
  @interface Nowhere {
    double share() default 1;
  }

  @QuantizeWith(weights = Recorded.class)
  @interface LongBits {
    long bits() default 8;
    double gradientScale() default 1;
  }

  @QuantizeWith(weights = Hidden.class)
  @interface NoConstructor {
    double share() default 1;
  }

  @Model
  @Quantize
  static class Network {
    @Input(shape = 4) Layer values;
    @Dense(units = 4) @ByHidden Layer a;
    @Dense(units = 4) @Swapped Layer b;
    @Dense(units = 4) @Misspelt Layer c;
    @Dense(units = 4) @Nested Layer d;
    @Dense(units = 4) @Nowhere Layer e;
    @Dense(units = 4) @LongBits Layer f;
    @Dense(units = 4) @NoConstructor Layer g;
  }
}
