package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation of the user's own stand for quantizers and carry their parameters, as a
 * constraint of Bean Validation carries those of its validator.
 *
 * <pre>{@code
 * @QuantizeWith(weights = LearnedStep.class, activations = Pact.class)
 * @Target({ElementType.TYPE, ElementType.FIELD})
 * @interface Clipped {
 *   int bits() default 0;
 *   double decay() default 0.0002;
 * }
 *
 * @Clipped(bits = 4, decay = 0.001) @Conv2D(filters = 16, kernelSize = 3) Layer conv;
 * }</pre>
 *
 * <p>The annotation may be written where {@link QuantizeConfig} may, and counts as one. An {@code
 * int} attribute called {@code bits} sets the width, 0 being that of the scheme. The others, in
 * their order of declaration, are the arguments of each quantizer's constructor, which must be
 * visible to the model and take just these; where the names of its parameters are known, as those
 * of a record are, they must be the same. A quantizer with no such constructor but one without
 * parameters, as {@code LearnedStep} above, is made by that if another takes them. A {@link QuantizeConfig} on the annotation too says the
 * rest: granularity, symmetry and widths apart.
 */
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface QuantizeWith {
  /** The {@code dev.detent.runtime.quantizer.WeightQuantizer}; by default the scheme's own. */
  Class<?> weights() default Default.class;

  /** The {@code dev.detent.runtime.quantizer.ActivationQuantizer}; by default the scheme's own. */
  Class<?> activations() default Default.class;

  /**
   * The {@code dev.detent.runtime.quantizer.LayerQuantizer}, in place of the other two; by default
   * none.
   */
  Class<?> layer() default Default.class;
}
