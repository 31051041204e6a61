package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x / (1 + exp(-x))}: Keras's {@code silu}, as a {@code LOGISTIC} and a {@code MUL}
 * (Ramachandran et al., 2017).
 *
 * <p>Behind an operation on one field, or on a field of its own, it is two operations of the
 * deployed model: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Swish {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
