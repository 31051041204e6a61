package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code min(max(x + 3, 0), 6) / 6}: Keras's {@code hard_sigmoid}, as an {@code ADD} with a fused
 * {@code RELU6} and a {@code MUL} (Howard et al., 2019).
 *
 * <p>Quantized, both have fixed ranges, on whose grids 3 and 1/2 lie: scales 6/254 and 1/254, zero
 * point -128.
 *
 * <p>Behind an operation on one field, or on a field of its own, it is two operations of the
 * deployed model: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface HardSigmoid {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
