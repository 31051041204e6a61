package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In training, sets all values of a random share of the examples to 0 and divides the others by
 * {@code 1 - rate}: drop path, as Keras's {@code StochasticDepth} (Huang et al., "Deep Networks
 * with Stochastic Depth", 2016). It stands at the end of a residual branch, before the {@link Add}.
 * Otherwise it does nothing, and it leaves no trace in the deployed model.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface StochasticDepth {
  /** The share, at least 0 and below 1. */
  double rate() default -1;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
