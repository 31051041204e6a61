package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalization over groups of channels: Keras's {@code GroupNormalization} (Wu and He, "Group
 * Normalization", 2018). With as many groups as channels, or -1, it is instance normalization.
 *
 * <p>{@code y = gamma * (x - mean) / deviation + beta}, with the mean and the standard deviation of
 * each example's values in all positions and in the neighbouring {@code channels / groups} channels
 * of a group. The shape stays; gamma and beta hold {@code channels} numbers each.
 *
 * <p>TFLite has no such operation. As {@link LayerNorm} it runs on {@code L2_NORMALIZATION}, which
 * sums squares in 32 bits, where a variance of 8 bits rounds small ones to nothing. Its result has
 * steps of 1/128, and of {@code n} values in a group each is about {@code 1 / sqrt(n)}: too small
 * for that where a group is large. A group of more than 64 values is therefore cut into about
 * {@code sqrt(n)} rows. Each row is brought to length 1, and is multiplied with the length it had
 * as a share of the group's, which is an {@code L2_NORMALIZATION} of the rows' lengths. Both have
 * about {@code 128 / n^(1/4)} steps a deviation: 23 with 1,024 values, where the plain way has 4.
 * The compiler notes the cost.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface GroupNormalization {
  /** How many groups; they divide the channels. -1 is as many as there are channels. */
  int groups() default 32;

  /**
   * Keeps the gradient finite where all values of a group are equal: it is that of {@code (x -
   * mean) / sqrt(variance + epsilon)}. Above 0. The value itself has no epsilon, as the integer
   * kernel has none.
   */
  double epsilon() default 1e-3;

  /** Whether beta is added. */
  boolean center() default true;

  /** Whether gamma is multiplied. */
  boolean scale() default true;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
