package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window of steps and each channel: Keras's {@code AveragePooling1D}, TFLite's
 * {@code AVERAGE_POOL_2D} over an image of one row.
 *
 * <p>{@code [steps, channels]} becomes {@code [steps', channels]}, where the steps follow the rule
 * of {@link Conv2D}. Quantized, the output has the range of the input. Padding does not count.
 * {@link Relu} and {@link Relu6} stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface AveragePool1D {
  /** The window, at least 1. */
  int poolSize() default 2;

  /** Steps between windows, at least 1; by default the size of the window. */
  int strides() default 0;

  /** What happens at the edges; by default windows stay inside the input. */
  Padding padding() default Padding.VALID;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
