/*
 * The attributes of an annotation with `@QuantizeWith` cannot be the arguments of its
 * quantizer's constructor: none takes as many of these types, or its parameters have other
 * names.
 *
 * Remedy: let the attributes, `bits` apart, be those of one visible constructor, in its order
 * and with its names.
 */
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
