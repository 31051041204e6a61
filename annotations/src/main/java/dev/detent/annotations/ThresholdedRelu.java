package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x} where it is above {@code theta}, else 0: Keras's {@code ThresholdedReLU} (Konda et al.,
 * "Zero-Bias Autoencoders and the Benefits of Co-Adapting Features", 2014). Its gradient is 1 where
 * {@code x} passes, else 0.
 *
 * <p>TFLite has no such operation: the deployed model compares with {@code GREATER}, as whole
 * numbers that {@code CAST} makes of the integers, and takes {@code x} or 0 by {@code SELECT_V2}.
 * Quantized, the output has the range of the input, of which it has the very values.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface ThresholdedRelu {
  /** What {@code x} must be above, at least 0. */
  double theta() default 1.0;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
