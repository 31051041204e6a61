package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image without its edges: Keras's {@code Cropping2D}, TFLite's {@code STRIDED_SLICE}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [height - top - bottom, width - left - right,
 * channels]}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Crop2D {
  /**
   * How many to leave out: {@code {all four sides}}, {@code {top and bottom, left and right}} or
   * {@code {top, bottom, left, right}}, each at least 0.
   */
  int[] cropping() default {};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
