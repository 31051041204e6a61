package dev.detent.examples.bits;

import dev.detent.annotations.QuantizeWith;
import dev.detent.runtime.quantizer.LearnedStep;

/** LSQ for weights and activations: steps that are trained. */
@QuantizeWith(weights = LearnedStep.class, activations = LearnedStep.class)
@interface Lsq {
  int bits() default 0;
}
