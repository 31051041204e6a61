package dev.detent.examples.bits;

import dev.detent.annotations.QuantizeWith;
import dev.detent.runtime.quantizer.Pact;

/** PACT: levels of clipping that are trained; weights by their largest value. */
@QuantizeWith(activations = Pact.class)
@interface Clipped {
  int bits() default 0;
}
