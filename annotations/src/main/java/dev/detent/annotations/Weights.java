package dev.detent.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How weights are quantized, as part of {@link QuantizeConfig}. They are symmetric: zero point 0.
 */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Weights {
  /** The width of one weight; 0 takes {@link QuantizeConfig#bits}. Only 8 can be deployed now. */
  int bits() default 0;

  /** One scale for each output channel, or one for the tensor. */
  Granularity granularity() default Granularity.PER_CHANNEL;

  /**
   * Whether the lowest integer stays unused, so that weights are in [-127, 127]; TFLite's int8
   * specification demands it.
   */
  boolean narrowRange() default true;

  /** The class that finds the scale; by default the largest absolute value decides. */
  Class<?> quantizer() default Default.class;
}
