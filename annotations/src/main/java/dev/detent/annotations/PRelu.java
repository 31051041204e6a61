package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * {@code x} where it is not negative, else {@code alpha * x}, with an alpha that is trained:
 * Keras's {@code PReLU}, TFLite's {@code PRELU} (He et al., 2015).
 *
 * <p>Alpha has the shape of an example, with size 1 along shared axes. Quantized it is int8 with
 * zero point 0 and one scale.
 *
 * <p>Behind an operation on one field, or on a field of its own, it is an operation of the deployed
 * model by itself: TFLite fuses it into nothing.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface PRelu {
  /** How alpha starts. */
  Initializer alphaInitializer() default Initializer.ZEROS;

  /**
   * The axes along which alpha is the same, counted with the batch in front: {@code {1, 2}} after a
   * convolution, for one alpha a channel. By default each value has its own.
   */
  int[] sharedAxes() default {};

  /**
   * The layer that this one reads; by default the field above. Only where the activation is a layer
   * of its own.
   */
  String from() default "";
}
