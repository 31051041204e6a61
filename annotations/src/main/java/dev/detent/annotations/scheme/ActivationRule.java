package dev.detent.annotations.scheme;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How activations may be, as part of a {@link Scheme}: one rule where all combinations exist. */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface ActivationRule {
  /** Widths, each 2 to 16. */
  int[] bits() default 8;

  /** Whether the zero point is 0. */
  boolean[] symmetric() default {false, true};
}
