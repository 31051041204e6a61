package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The axes in another order: Keras's {@code Permute}, TFLite's {@code TRANSPOSE}. {@code [height,
 * width, channels]} with {@code dims = {3, 1, 2}} becomes {@code [channels, height, width]}.
 * Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Permute {
  /**
   * For each axis of the output the axis of the input that it is: every one once, counted from 1,
   * as the batch is axis 0.
   */
  int[] dims();

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
