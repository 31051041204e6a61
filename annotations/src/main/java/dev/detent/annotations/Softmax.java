package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code exp(x) / sum(exp(x))} over the last axis: Keras's {@code Softmax}, TFLite's {@code
 * SOFTMAX}. TFLite fuses it into nothing, so it always has a field of its own. Quantized, its range
 * is fixed: scale 1/256, zero point -128.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Softmax {
  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
