package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In training, adds a random number to each value, of a normal distribution with mean 0: Keras's
 * {@code GaussianNoise}. Otherwise it does nothing, and it leaves no trace in the deployed model.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GaussianNoise {
  /** The distribution's standard deviation, in the units of the values, at least 0. */
  double stddev() default -1;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
