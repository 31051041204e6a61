package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of several parts of equal size that a tensor is cut into along an axis: TFLite's {@code
 * SPLIT}, and {@code STRIDED_SLICE} where only one of the parts is used.
 *
 * <p>Each part that is used is a field; they become one operation:
 *
 * <pre>{@code
 * @Split(parts = 2, index = 0, from = "both") Layer left;
 * @Split(parts = 2, index = 1, from = "both") Layer right;
 * }</pre>
 *
 * <p>Quantized, the parts have the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Split {
  /** How many parts, at least 2; they must divide the size of the axis. */
  int parts() default 0;

  /** Which of them, from 0. */
  int index() default -1;

  /**
   * The axis along which; as in Keras it counts the batch, so that an image has height 1, width 2
   * and channels 3, and negative numbers count from the end.
   */
  int axis() default -1;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
