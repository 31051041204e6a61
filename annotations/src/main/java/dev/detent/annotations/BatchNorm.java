package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalization: Keras's {@code BatchNormalization}, after {@link Conv2D}, {@link
 * DepthwiseConv2D} or {@link Dense} and before the activation.
 *
 * <p>{@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, per channel, with the
 * batch's own mean and variance in training and their moving averages otherwise (Ioffe and Szegedy,
 * 2015). It holds four numbers a channel: gamma, beta, and the two averages, which are not trained.
 * In the deployed model it is part of kernel and bias.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface BatchNorm {
  /** The weight of the past in the moving averages, at least 0 and below 1. */
  double momentum() default 0.99;

  /** What is added to the variance, above 0. */
  double epsilon() default 0.001;

  /** Whether there is a beta. */
  boolean center() default true;

  /** Whether there is a gamma. */
  boolean scale() default true;
}
