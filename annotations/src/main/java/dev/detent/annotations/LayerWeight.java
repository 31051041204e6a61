package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A trained weight of a {@link CustomLayer}, as part of it. */
@Documented
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface LayerWeight {
  /**
   * What the layer's class and its quantizer call it: letters, digits and underscores, such as
   * {@code kernel}.
   */
  String name();

  /**
   * Its sizes in TensorFlow's layout, as an expression like {@link CustomLayer#outputShape}: {@code
   * {1, 1, channels, 1}} for a depthwise kernel, {@code {channels, units}} for a dense one.
   */
  String shape();

  /** How it starts. */
  Initializer initializer() default Initializer.GLOROT_UNIFORM;

  /**
   * Whether it is quantized where the layer is, in the form that the scheme has for weights: with
   * one scale for each index of its channels, or one; a weight of one size has one. False for a
   * bias, which the operation that adds it quantizes, and for what stays float.
   */
  boolean quantized() default true;
}
