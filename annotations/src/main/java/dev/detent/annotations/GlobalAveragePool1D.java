package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mean of each channel over all steps: Keras's {@code GlobalAveragePooling1D}, TFLite's {@code
 * MEAN}.
 *
 * <p>{@code [steps, channels]} becomes {@code [channels]}, or {@code [1, channels]} with {@link
 * #keepDims}. Quantized, the output has a range of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GlobalAveragePool1D {
  /** Whether the steps stay, with size 1. */
  boolean keepDims() default false;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
