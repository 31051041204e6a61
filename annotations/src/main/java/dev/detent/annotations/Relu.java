package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code max(x, 0)}, up to a ceiling or with a slope: Keras's {@code ReLU}.
 *
 * <p>{@code f(x) = maxValue} where {@code x >= maxValue}, {@code x} where {@code 0 <= x < maxValue}
 * and {@code negativeSlope * x} elsewhere. TFLite has {@code RELU} without a ceiling, {@code RELU6}
 * for {@code maxValue = 6} and {@code LEAKY_RELU} for a slope; any other ceiling is a {@code
 * MINIMUM} after them.
 *
 * <p>On a field with an operation that TFLite fuses {@code RELU} and {@code RELU6} into ({@link
 * Conv2D}, {@link DepthwiseConv2D}, {@link Dense}, {@link Add}, {@link MaxPool2D}, {@link
 * AveragePool2D}) those are part of that layer. The rest, and any of it after another operation, is
 * an operation by itself. On a field of its own it is a layer of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Relu {
  /** The largest value, above 0; by default there is none. */
  double maxValue() default Double.POSITIVE_INFINITY;

  /** What negative values are multiplied with, at least 0. */
  double negativeSlope() default 0;

  /** Keras's threshold, below which values are not passed on: only 0 can be deployed. */
  double threshold() default 0;

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
