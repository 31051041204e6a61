package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The product of tensors, value by value: Keras's {@code Multiply}, TFLite's {@code MUL}. More than
 * two become a chain of products of two. Quantized, each product has a range of its own. {@link
 * Relu} and {@link Relu6} stack and are fused.
 *
 * <p>Sizes may differ where one of them is 1: it is then repeated, as a gate {@code [1, 1,
 * channels]} over an image {@code [height, width, channels]}. Of two shapes, the shorter is taken
 * to have sizes of 1 in front, as in Keras, for which the deployed model has a {@code RESHAPE}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Multiply {
  /** The layers to multiply, two or more. */
  String[] value();
}
