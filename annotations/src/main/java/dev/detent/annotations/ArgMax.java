package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The index of the largest value along an axis, which goes; of equal ones the first: Keras's {@code
 * ops.argmax}, TFLite's {@code ARG_MAX}. The output is int32, whatever the model's other tensors
 * are: of {@code [10]} one index an example, of {@code [32, 32, 4]} an image of indices {@code [32,
 * 32]}.
 *
 * <p>It is what a model answers, and no layer reads it. An index has no gradient: loss, metrics and
 * scores are those of the layer that this one reads, of which the axis tells the classes apart.
 *
 * <pre>{@code
 * @Dense(units = 10) Layer logits;
 * @ArgMax Layer digit;
 * }</pre>
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface ArgMax {
  /**
   * The axis along which values are compared; as in Keras it counts the batch, so that an image has
   * height 1, width 2 and channels 3, and negative numbers count from the end.
   */
  int axis() default -1;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
