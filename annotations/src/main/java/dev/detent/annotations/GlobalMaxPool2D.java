package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each channel: Keras's {@code GlobalMaxPooling2D}, TFLite's {@code
 * REDUCE_MAX}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [channels]}, or {@code [1, 1, channels]} with
 * {@link #keepDims}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GlobalMaxPool2D {
  /** Whether height and width stay, with size 1. */
  boolean keepDims() default false;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
