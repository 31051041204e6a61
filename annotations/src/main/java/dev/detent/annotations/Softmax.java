package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code exp(x) / sum(exp(x))} over the last axis: Keras's {@code Softmax}, TFLite's {@code
 * SOFTMAX}. Quantized, its range is fixed: scale 1/256, zero point -128.
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Softmax {
  /** The axis, counted with the batch in front: TFLite's kernel has the last one only. */
  int axis() default -1;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
