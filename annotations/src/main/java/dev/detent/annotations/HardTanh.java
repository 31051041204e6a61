package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code min(max(x, -1), 1)}: Keras's {@code hard_tanh}, TFLite's {@code RELU_N1_TO_1}.
 *
 * <p>On a field with an operation that TFLite fuses it into ({@link Conv2D}, {@link
 * DepthwiseConv2D}, {@link Dense}, {@link Add}, {@link MaxPool2D}, {@link AveragePool2D}) it is
 * part of that layer; after any other operation it is one by itself. On a field of its own it is a
 * layer of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface HardTanh {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
