package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A part of a tensor, as {@code x[begin:end:stride]} is in Python: TFLite's {@code STRIDED_SLICE}.
 *
 * <p>Each attribute lists numbers for the first axes, the batch left out; further axes stay whole.
 * {@code [28, 28, 3]} with {@code begin = {4, 0}, end = {-4, Slice.END}, strides = {2}} becomes
 * {@code [10, 28, 3]}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Slice {
  /** Stands for the end of an axis in {@link #end}. */
  int END = Integer.MAX_VALUE;

  /** The first place that is taken, of each axis; negative numbers count from the end. */
  int[] begin() default {};

  /** The first place that is not taken any more; negative numbers count from the end. */
  int[] end() default {};

  /** The steps from one place to the next, each at least 1. */
  int[] strides() default {};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
