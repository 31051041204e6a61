package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code y = (x - mean) / sqrt(variance)}, with one mean and variance for all values or one for
 * each channel: Keras's {@code Normalization} with given numbers. They are not trained.
 *
 * <p>It runs as {@code SUB} of a constant, or {@code ADD}, which is left out where all means are 0,
 * and {@code MUL}. An int8 tensor has one scale for all channels: where channels of an input are of
 * very different sizes, as an age beside an income, bring them to one size in the data, or keep the
 * input and this layer in float with {@link KeepFloat}.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Normalization {
  /** The mean: one number, or one for each channel. */
  double[] mean() default {};

  /**
   * The variance: one number, or one for each channel; above 0. A channel that never changes has 0:
   * write 1 for it.
   */
  double[] variance() default {};

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
