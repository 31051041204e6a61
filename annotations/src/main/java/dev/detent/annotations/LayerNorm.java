package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Layer normalization over the last axis: Keras's {@code LayerNormalization} (Ba, Kiros and Hinton,
 * "Layer Normalization", 2016).
 *
 * <p>{@code y = gamma * (x - mean) / deviation + beta}, with the mean and the standard deviation of
 * each example's and each position's own channels. The shape stays; gamma and beta hold {@code
 * channels} numbers each.
 *
 * <p>TFLite has no such operation. It runs as {@code MEAN}, {@code SUB}, {@code L2_NORMALIZATION},
 * {@code MUL} with {@code sqrt(channels) * gamma} and {@code ADD}: of the ways to write it in int8
 * kernels this is the one that stays accurate when positions differ in size, because {@code
 * L2_NORMALIZATION} sums the squares in 32 bits, where a variance of 8 bits rounds small ones to
 * nothing. In a simulation with 64 channels of normally distributed values the result is off by
 * 2.9% of its size where positions differ by a third in deviation (with {@code RSQRT} of a variance
 * 2.7%), and by 11% where they differ by a factor of two (57%). The compiler notes the cost. The
 * vectors of length 1 have steps of 1/128, so the normalized values have {@code 128 /
 * sqrt(channels)} steps a deviation: 16 with 64 channels, but 8 with 256, where other 8-bit tensors
 * have about 30.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface LayerNorm {
  /**
   * Keeps the gradient finite where all channels are equal: it is that of {@code (x - mean) /
   * sqrt(variance + epsilon)}. Above 0. The value itself has no epsilon, as the integer kernel has
   * none.
   */
  double epsilon() default 1e-3;

  /** Whether beta is added. */
  boolean center() default true;

  /** Whether gamma is multiplied. */
  boolean scale() default true;

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
