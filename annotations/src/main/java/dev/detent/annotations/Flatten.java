package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * All values in one row: Keras's {@code Flatten}, TFLite's {@code RESHAPE}. Any shape becomes
 * {@code [product of the sizes]}. Quantized, the output has the range of the input.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Flatten {
  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
