package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The smaller value at each place: Keras's {@code Minimum}, TFLite's {@code MINIMUM}. More than two
 * layers become a chain. Quantized, all of them and the output share one range.
 *
 * <p>Sizes may differ where one of them is 1: it is then repeated, as a gate {@code [1, 1,
 * channels]} over an image {@code [height, width, channels]}. Of two shapes, the shorter is taken
 * to have sizes of 1 in front, as in Keras, for which the deployed model has a {@code RESHAPE}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Minimum {
  /** The layers to compare, two or more. */
  String[] value();
}
