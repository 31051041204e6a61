package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Zeros before and after a sequence: Keras's {@code ZeroPadding1D}, TFLite's {@code PAD}.
 *
 * <p>{@code [steps, channels]} becomes {@code [before + steps + after, channels]}. Quantized, the
 * output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface ZeroPad1D {
  /** How many: {@code {both ends}} or {@code {before, after}}, each at least 0. */
  int[] padding() default {1};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
