package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A row of values, several times: Keras's {@code RepeatVector}, TFLite's {@code TILE} after a
 * {@code RESHAPE}. {@code [features]} becomes {@code [n, features]}. Quantized, the output has the
 * range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface RepeatVector {
  /** How often, at least 1: Keras's {@code n}. */
  int n() default 0;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
