import dev.detent.annotations.*;

@Variant(name = "Small", value = "n = 1")
@Variant(name = "Large", value = "n = 2")
class Places {
  static final int n = 0;
  @Output @Bind("units = n") @When("n > 1") int nothing;

  enum Kind {
    @KeepFloat
    ONE
  }

  @Block
  @interface Tower {
    @Quantize
    @QuantizeConfig(bits = 8)
    class Layers {
      @Dense(units = 2) Layer a;
    }
  }

  @Quantize
  @QuantizeConfig(bits = 8)
  @interface Right {}

  @Quantize
  interface NoClass {
    @Output Layer OUT = null;
  }

  record Pair(@Output Layer one, @KeepFloat Layer other) {}
}
