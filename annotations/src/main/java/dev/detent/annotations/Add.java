package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The sum of tensors of one shape: Keras's {@code Add}, TFLite's {@code ADD}. More than two become
 * a chain of additions of two. Quantized, each sum has a range of its own. {@link Relu} and {@link
 * Relu6} stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Add {
  /** The layers to add, two or more. */
  String[] value();
}
