package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The same values in another shape: Keras's {@code Reshape}, TFLite's {@code RESHAPE}. Quantized,
 * the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Reshape {
  /**
   * The new shape, without the batch: one to four sizes, each at least 1; one of them may be -1 and
   * is then worked out.
   */
  int[] shape() default {};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
