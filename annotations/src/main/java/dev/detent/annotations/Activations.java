package dev.detent.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the outputs of layers are quantized, as part of {@link QuantizeConfig}. */
@Target({})
@Retention(RetentionPolicy.CLASS)
public @interface Activations {
  /** The width of one value; 0 takes {@link QuantizeConfig#bits}. Only 8 can be deployed now. */
  int bits() default 0;

  /** Whether the zero point is 0, which some hardware wants; by default it is learned. */
  boolean symmetric() default false;

  /**
   * The class that finds the range from the batches that flow: a {@code
   * dev.detent.runtime.quantizer.RangeQuantizer} with a constructor without parameters. By default
   * a moving average.
   */
  Class<?> quantizer() default Default.class;
}
