package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value over axes: Keras's {@code ops.max}, TFLite's {@code REDUCE_MAX}. Quantized, the
 * output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Max {
  /**
   * The axes that go, at least one; as in Keras they count the batch, so that an image has height
   * 1, width 2 and channels 3, and negative numbers count from the end.
   */
  int[] axis();

  /** Whether the axes stay, with size 1. */
  boolean keepDims() default false;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
