package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * In training, sets a random share of the channels of {@code [height, width, channels]} to 0, each
 * in all pixels, and divides the others by {@code 1 - rate} (Tompson et al., 2015): Keras's {@code
 * SpatialDropout2D}. Otherwise it does nothing, and it leaves no trace in the deployed model.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface SpatialDropout2D {
  /** The share, at least 0 and below 1. */
  double rate() default -1;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
