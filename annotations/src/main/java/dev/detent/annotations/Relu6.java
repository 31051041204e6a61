package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code min(max(x, 0), 6)}: Keras's {@code ReLU(max_value=6)}, TFLite's {@code RELU6}.
 *
 * <p>On a field with an operation that TFLite fuses it into ({@link Conv2D}, {@link
 * DepthwiseConv2D}, {@link Dense}, {@link Add}, {@link MaxPool2D}, {@link AveragePool2D}) it is
 * part of that layer; after any other operation it is one by itself. On a field of its own it is a
 * layer of its own.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Relu6 {
  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
