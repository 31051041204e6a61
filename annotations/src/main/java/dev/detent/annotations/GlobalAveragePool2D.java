package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each channel: Keras's {@code GlobalAveragePooling2D}, TFLite's {@code MEAN}.
 *
 * <p>{@code [height, width, channels]} becomes {@code [channels]}, or {@code [1, 1, channels]} with
 * {@link #keepDims}. Quantized, the output has a range of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GlobalAveragePool2D {
  /** Whether height and width stay, with size 1. */
  boolean keepDims() default false;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
