package dev.detent.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How weights are quantized, as part of {@link QuantizeConfig}. They are symmetric: zero point 0.
 * What is not written is as the scheme has it.
 */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Weights {
  /** The width of one weight, 2 to 16; 0 takes {@link QuantizeConfig#bits}. */
  int bits() default 0;

  /** One scale for each output channel, or one for the tensor. */
  Granularity granularity() default Granularity.PER_CHANNEL;

  /**
   * Whether the lowest integer stays unused, so that 8-bit weights are in [-127, 127]; TFLite's
   * specification demands it.
   */
  boolean narrowRange() default true;

  /**
   * The class that finds the scale: a {@code dev.detent.runtime.quantizer.WeightQuantizer} with a
   * constructor without parameters, or {@code dev.detent.runtime.quantizer.None} to leave the
   * weights float. By default the largest absolute value decides.
   */
  Class<?> quantizer() default Default.class;
}
