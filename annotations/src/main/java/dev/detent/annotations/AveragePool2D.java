package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each window and channel: Keras's {@code AveragePooling2D}, TFLite's {@code
 * AVERAGE_POOL_2D}. With {@link Padding#SAME} the padding does not count.
 *
 * <p>{@code [height, width, channels]} becomes {@code [height', width', channels]}, where height
 * and width follow the rule of {@link Conv2D}. Quantized, the output has the range of the input.
 * {@link Relu} and {@link Relu6} stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface AveragePool2D {
  /** The window, {@code {height, width}} or one number for both, each at least 1. */
  int[] poolSize() default {2};

  /**
   * Steps between windows, {@code {height, width}} or one number for both, each at least 1; by
   * default the size of the window.
   */
  int[] strides() default {};

  /** What happens at the edges; by default windows stay inside the input. */
  Padding padding() default Padding.VALID;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
