package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A larger image: Keras's {@code UpSampling2D}, TFLite's {@code RESIZE_NEAREST_NEIGHBOR} or {@code
 * RESIZE_BILINEAR}, with half-pixel centers.
 *
 * <p>{@code [height, width, channels]} becomes {@code [height * size, width * size, channels]}.
 * Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface UpSample2D {
  /**
   * How many times larger: {@code {height and width}} or {@code {height, width}}, each at least 1.
   */
  int[] size() default {2};

  /** How the pixels in between are found. */
  Interpolation interpolation() default Interpolation.NEAREST;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
