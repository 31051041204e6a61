import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** Annotations of one's own, which may stand anywhere as far as the compiler knows. */
@Model
@Quantize
@Own.Narrow
class Own {
  @Narrow static final int CLASSES = 10;
  @Input(shape = 8) Layer values;
  @Twice Layer block;
  @Dense(units = CLASSES) @Narrow Layer logits;

  @QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
  @interface Narrow {}

  @Narrow
  @interface AlsoNarrow {}

  @Block
  @interface Twice {
    class Layers {
      @Dense(units = 4) @AlsoNarrow Layer first;
      @Dense(units = 4) Layer second;
    }
  }

  @AlsoNarrow
  static class Other {
    @Twice
    void method(@Narrow int parameter) {
      @AlsoNarrow int local = parameter;
      for (@Narrow int i = 0; i < local; i++) {
        method(i);
      }
    }
  }

  static class Stray {
    @Twice Layer block;
  }
}
