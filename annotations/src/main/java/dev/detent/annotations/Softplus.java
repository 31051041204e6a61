package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code log(1 + exp(x))}: Keras's {@code softplus} (Dugas et al., 2001).
 *
 * <p>TFLite has no such operation: the deployed model computes {@code max(x, 0) -
 * log(sigmoid(|x|))}, in six operations.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Softplus {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
