package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An image continued by its mirror image: TensorFlow's {@code pad} with a mode, TFLite's {@code
 * MIRROR_PAD}; {@link ZeroPad2D} continues it by zeros.
 *
 * <p>{@code [height, width, channels]} becomes {@code [top + height + bottom, left + width + right,
 * channels]}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Pad {
  /**
   * How many pixels: {@code {all four sides}}, {@code {top and bottom, left and right}} or {@code
   * {top, bottom, left, right}}, each at least 0 and at most what {@link #mode} can mirror.
   */
  int[] padding() default {1};

  /** Where the mirror stands. */
  PadMode mode() default PadMode.REFLECT;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
