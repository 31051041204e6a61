package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the model is fed: Keras's {@code Input}. A model has one or several; the order of the fields
 * is the order of the arguments of {@code predict}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Input {
  /**
   * The shape of one example, without the batch: one to four sizes, each at least 1. An image is
   * {@code {height, width, channels}}.
   */
  int[] shape() default {};

  /** What the values are. */
  DataType dataType() default DataType.FLOAT32;
}
