package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A longer sequence: Keras's {@code UpSampling1D}, TFLite's {@code RESIZE_NEAREST_NEIGHBOR} over an
 * image of one row.
 *
 * <p>{@code [steps, channels]} becomes {@code [steps * size, channels]}: each step stands {@code
 * size} times in a row. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface UpSample1D {
  /** How often each step is repeated, at least 1. */
  int size() default 2;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
