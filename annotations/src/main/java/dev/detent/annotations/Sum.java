package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sum over axes: Keras's {@code ops.sum}, TFLite's {@code SUM}. Quantized, the output has a
 * range of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Sum {
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
