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
 * <p>The nearest one counts, as a whole: that on the field, else that on the class, else the
 * defaults here, which are TFLite's own scheme.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface QuantizeConfig {
  /** The width of weights and activations, where these do not say otherwise. Only 8 for now. */
  int bits() default 8;

  /** How weights are quantized. */
  Weights weights() default @Weights;

  /** How the outputs of layers are quantized. */
  Activations activations() default @Activations;
}
