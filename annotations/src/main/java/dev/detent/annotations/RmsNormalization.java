package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalization by the root of the mean square over the last axis: Keras's {@code RMSNormalization}
 * (Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019).
 *
 * <p>{@code y = gamma * x / sqrt(mean(x^2))} for each position's own channels. The shape stays;
 * gamma holds {@code channels} numbers.
 *
 * <p>It runs as {@code L2_NORMALIZATION} and {@code MUL} with {@code sqrt(channels) * gamma}, for
 * the reasons and with the steps that {@link LayerNorm} has.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface RmsNormalization {
  /**
   * Keeps the gradient finite where all channels are 0: it is that of {@code x / sqrt(mean(x^2) +
   * epsilon)}. Above 0. The value itself has no epsilon, as the integer kernel has none.
   */
  double epsilon() default 1e-6;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
