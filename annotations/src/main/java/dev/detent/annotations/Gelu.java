package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x * P(X <= x)} for a normally distributed {@code X}, that is {@code x / 2 * (1 + erf(x /
 * sqrt(2)))}: Keras's {@code gelu}, TFLite's {@code GELU} (Hendrycks and Gimpel, 2016).
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Gelu {
  /** Whether {@code tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))} stands for the error function. */
  boolean approximate() default false;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
