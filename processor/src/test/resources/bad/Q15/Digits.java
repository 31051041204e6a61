// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

final class Halving implements WeightQuantizer {
  Halving(double share, int steps) {}

  @Override
  public Grid grid(Site site) {
    return Grid.of(site, site.tf().constant(0.5f));
  }
}

@QuantizeWith(weights = Halving.class)
@interface Halved {
  int bits() default 8;
  int steps() default 2;
  double share() default 0.5;
}

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) @Halved Layer logits;
}
