package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x - log(sum(exp(x)))} over the last axis: Keras's {@code log_softmax}, TFLite's {@code
 * LOG_SOFTMAX}. Quantized, its range is fixed: scale 16/256, zero point 127, so that nothing is
 * below -15.9375.
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface LogSoftmax {
  /** The axis, counted with the batch in front: TFLite's kernel has the last one only. */
  int axis() default -1;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
