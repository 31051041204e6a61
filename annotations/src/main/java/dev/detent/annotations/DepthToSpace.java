package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Channels become blocks of pixels: TensorFlow's {@code depth_to_space}, TFLite's {@code
 * DEPTH_TO_SPACE}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [height * b, width * b, channels / (b * b)]}.
 * Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface DepthToSpace {
  /** The side {@code b} of a block in pixels, at least 2; its square must divide the channels. */
  int blockSize() default 0;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
