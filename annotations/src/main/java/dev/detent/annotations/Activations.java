package dev.detent.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the outputs of layers are quantized, as part of {@link QuantizeConfig}. What is not written
 * is as the scheme has it.
 */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Activations {
  /** The width of one value, 2 to 16; 0 takes {@link QuantizeConfig#bits}. */
  int bits() default 0;

  /** Whether the zero point is 0, which some hardware wants; TFLite's int8 scheme learns it. */
  boolean symmetric() default false;

  /**
   * The class that finds the range from the batches that flow: a {@code
   * dev.detent.runtime.quantizer.ActivationQuantizer} with a constructor without parameters, or
   * {@code dev.detent.runtime.quantizer.None} to leave the outputs float, so that only weights are
   * quantized. By default a moving average.
   */
  Class<?> quantizer() default Default.class;
}
