package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Blocks of pixels become channels: TensorFlow's {@code space_to_depth}, TFLite's {@code
 * SPACE_TO_DEPTH}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [height / b, width / b, channels * b * b]}.
 * Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface SpaceToDepth {
  /** The side {@code b} of a block in pixels, at least 2; it must divide height and width. */
  int blockSize() default 0;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
