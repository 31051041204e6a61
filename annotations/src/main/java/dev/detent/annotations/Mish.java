package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x * tanh(log(1 + exp(x)))}: Keras's {@code mish} (Misra, "Mish: A Self Regularized
 * Non-Monotonic Activation Function", 2020).
 *
 * <p>TFLite has no such operation: the deployed model computes {@code -x * tanh(log(sigmoid(|x|)) -
 * max(x, 0))}, in nine operations. The hyperbolic tangent of a negative number is what int8 has the
 * limit of, -1, so that large values stay as they are.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Mish {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
