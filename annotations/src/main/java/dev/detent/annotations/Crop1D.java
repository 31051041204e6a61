package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sequence without its ends: Keras's {@code Cropping1D}, TFLite's {@code STRIDED_SLICE}.
 *
 * <p>{@code [steps, channels]} becomes {@code [steps - before - after, channels]}. Quantized, the
 * output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Crop1D {
  /**
   * How many steps to leave out: {@code {both ends}} or {@code {before, after}}, each at least 0.
   */
  int[] cropping() default {1};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
