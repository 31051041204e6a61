package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x * min(max(x + 3, 0), 6) / 6}: Keras's {@code hard_swish}, TFLite's {@code HARD_SWISH}
 * (Howard et al., 2019).
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 *
 * <p>XNNPACK has no 8-bit {@code HARD_SWISH}; TFLite's own kernel runs it, one value at a time, and
 * can take longer than the whole rest of a network. Where that counts, {@link #split} makes it of
 * operations that XNNPACK has.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface HardSwish {
  /**
   * Whether it is three operations in place of one: the {@code ADD} and {@code MUL} of {@link
   * HardSigmoid}, and a {@code MUL} of the input with their result. Faster on XNNPACK, that is on
   * phones; slower where there is a kernel for {@code HARD_SWISH}. The gate in between has 8 bits,
   * which training sees.
   */
  boolean split() default false;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
