package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Zeros around the image: Keras's {@code ZeroPadding2D}, TFLite's {@code PAD}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [top + height + bottom, left + width + right,
 * channels]}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface ZeroPad2D {
  /**
   * How many: {@code {all four sides}}, {@code {top and bottom, left and right}} or {@code {top,
   * bottom, left, right}}, each at least 0.
   */
  int[] padding() default {1};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
