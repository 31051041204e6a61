package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How layers are quantized: on a class for all of them, on a field for one, or on an annotation of
 * the user's own, which then stands for it wherever it is written.
 *
 * <pre>{@code
 * @QuantizeConfig(weights = @Weights(granularity = Granularity.PER_TENSOR))
 * @interface OldAccelerator {}
 * }</pre>
 *
 * <p>The nearest one counts, as a whole: that on the field, else that on the class. Whatever it
 * does not write is as the scheme has it ({@link Quantize#scheme}), and only what the scheme has
 * may be written.
 *
 * <p>A field is one tensor, activation included, so that the output of a layer and its activation
 * are one and {@link #activations} is both.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface QuantizeConfig {
  /**
   * The width of weights and activations, 2 to 16, where these do not say otherwise; 0 is that of
   * the scheme.
   */
  int bits() default 0;

  /** How weights are quantized. */
  Weights weights() default @Weights;

  /** How the outputs of layers are quantized. */
  Activations activations() default @Activations;

  /**
   * The class that decides, layer by layer, which quantizer each of its tensors gets: a {@code
   * dev.detent.runtime.quantizer.LayerQuantizer} with a constructor without parameters. It stands
   * in place of the quantizers of {@link #weights} and {@link #activations}.
   */
  Class<?> layer() default Default.class;
}
