package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code scale * x} where {@code x} is not negative, else {@code scale * alpha * (exp(x) - 1)},
 * with {@code scale} 1.0507 and {@code alpha} 1.6733: Keras's {@code selu} (Klambauer et al.,
 * "Self-Normalizing Neural Networks", 2017).
 *
 * <p>TFLite has no such operation: the deployed model computes {@code ELU}, {@code LEAKY_RELU} with
 * {@code alpha}, and {@code MUL} with {@code scale}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Selu {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
