package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tensors side by side: Keras's {@code Concatenate}, TFLite's {@code CONCATENATION}. Their shapes
 * agree in all sizes but that of {@link #axis}, which add up. Quantized, all of them and the output
 * share one range.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Concat {
  /** The layers to put side by side, two or more. */
  String[] value();

  /**
   * The axis along which; as in Keras it counts the batch, so that an image has height 1, width 2
   * and channels 3, and negative numbers count from the end.
   */
  int axis() default -1;
}
