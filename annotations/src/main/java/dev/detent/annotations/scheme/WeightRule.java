package dev.detent.annotations.scheme;

import dev.detent.annotations.Granularity;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How weights may be, as part of a {@link Scheme}: one rule where all combinations exist. */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface WeightRule {
  /** Widths, each 2 to 16. */
  int[] bits() default 8;

  /** One scale for each output channel, or one for the tensor. */
  Granularity[] granularity() default {Granularity.PER_CHANNEL, Granularity.PER_TENSOR};

  /** Whether the lowest integer stays unused. */
  boolean[] narrowRange() default true;
}
