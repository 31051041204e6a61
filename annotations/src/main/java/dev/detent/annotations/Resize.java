package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image of another size: Keras's {@code Resizing}, TFLite's {@code RESIZE_NEAREST_NEIGHBOR} or
 * {@code RESIZE_BILINEAR}.
 *
 * <p>{@code [h, w, channels]} becomes {@code [height, width, channels]}. Pixel {@code i} of {@code
 * n} lies in an input of {@code m} pixels at {@code (i + 0.5) * m / n - 0.5} with half-pixel
 * centers, at {@code i * (m - 1) / (n - 1)} with aligned corners, and at {@code i * m / n} with
 * neither. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Resize {
  /** The height of the output in pixels, at least 1. */
  int height() default 0;

  /** The width of the output in pixels, at least 1. */
  int width() default 0;

  /** How the pixels in between are found. */
  Interpolation interpolation() default Interpolation.BILINEAR;

  /**
   * Whether the outermost pixels of input and output lie on one another; only without half pixels.
   */
  boolean alignCorners() default false;

  /** Whether a pixel lies in its middle, as in Keras; false for models of TensorFlow 1. */
  boolean halfPixelCenters() default true;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
