package dev.detent.annotations.scheme;

import dev.detent.annotations.OutputRange;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What differs for single layers, as part of a {@link Scheme}. What is left out is as the scheme
 * says for all.
 */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface OperationRule {
  /** The layers, by their annotations; each is in one rule only. */
  Class<? extends Annotation>[] of();

  /** How their weights may be. */
  WeightRule[] weights() default {};

  /** How their outputs may be. */
  ActivationRule[] activations() default {};

  /** What may stand after them on their field; <code>{}</code> is nothing. */
  Class<? extends Annotation>[] fuses() default {};

  /** Which range their output has. */
  OutputRange range() default OutputRange.AS_TFLITE;

  /**
   * The scale of a {@link OutputRange#FIXED} range, above 0: {@code real = (q - zeroPoint) *
   * scale}.
   */
  double scale() default 0;

  /** The zero point of a {@link OutputRange#FIXED} range, one of the integers of its width. */
  int zeroPoint() default 0;
}
