package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalization: Keras's {@code BatchNormalization}, over the last axis.
 *
 * <p>{@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, per channel, with the
 * batch's own mean and variance in training and their moving averages otherwise (Ioffe and Szegedy,
 * 2015). It holds four numbers a channel: gamma, beta, and the two averages, which are not trained.
 *
 * <p>On the field of a convolution or a {@link Dense} it stands before the activation, after which
 * it must not be written, and is part of kernel and bias in the deployed model. On a field of its
 * own it is folded into the convolution or dense layer that it reads, also across a {@link Flatten}
 * or {@link Reshape} that keeps the channels, if nothing else reads what lies between; else it is a
 * {@code MUL} and an {@code ADD} in the deployed model. {@link Relu} and {@link Relu6} stack and
 * are fused.
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

  /** The layer that a batch norm on a field of its own reads; by default the field above. */
  String from() default "";
}
