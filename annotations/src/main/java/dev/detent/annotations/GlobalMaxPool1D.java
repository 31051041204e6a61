package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each channel over all steps: Keras's {@code GlobalMaxPooling1D}, TFLite's
 * {@code REDUCE_MAX}.
 *
 * <p>{@code [steps, channels]} becomes {@code [channels]}, or {@code [1, channels]} with {@link
 * #keepDims}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GlobalMaxPool1D {
  /** Whether the steps stay, with size 1. */
  boolean keepDims() default false;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
