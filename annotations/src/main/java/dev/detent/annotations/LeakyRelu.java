package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x} where it is not negative, else {@code negativeSlope * x}: Keras's {@code LeakyReLU},
 * TFLite's {@code LEAKY_RELU} (Maas et al., 2013).
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface LeakyRelu {
  /** What negative values are multiplied with, above 0; for 0 there is {@link Relu}. */
  double negativeSlope() default 0.3;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
