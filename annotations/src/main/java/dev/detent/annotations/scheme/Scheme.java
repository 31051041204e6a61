package dev.detent.annotations.scheme;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a piece of hardware, or the runtime on it, can do, on a class or interface that {@link
 * dev.detent.annotations.Quantize#scheme} names. The compiler reads it and never runs it, so that a
 * scheme may come from a jar.
 *
 * <pre>{@code
 * @Scheme(
 *     name = "my chip",
 *     weights = @WeightRule(bits = {8, 4}, granularity = Granularity.PER_TENSOR),
 *     activations = @ActivationRule(symmetric = true),
 *     without = Softmax.class)
 * public interface MyChip {}
 * }</pre>
 *
 * <p>A scheme starts from what TFLite's kernels do and says only what is different: which range an
 * operation's output has, what ties ranges together and what fixes them is known already, of layers
 * that are added later too.
 *
 * <p>Wherever a rule lists values, the first is what a model gets that says nothing, and all are
 * what it may ask for ({@link dev.detent.annotations.QuantizeConfig}). Whatever else it asks for is
 * a compile error at the place that asks.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Scheme {
  /** What messages, comments and reports call it. */
  String name();

  /**
   * Whether TFLite runs what it allows, so that a model can be exported. Otherwise it is trained
   * and evaluated as the target would compute, and an export is an error.
   */
  boolean tflite() default false;

  /** Which numbers scales may be. */
  Scales scales() default Scales.ANY;

  /** How weights may be, the first rule being that of a model that asks for no width. */
  WeightRule[] weights() default @WeightRule;

  /** How activations may be, the first rule being that of a model that asks for no width. */
  ActivationRule[] activations() default @ActivationRule;

  /**
   * The width of biases, 8 to 32, where it is another than that of TFLite's kernels: 32, or 64
   * beside activations of 16 bits. Their scale is that of the input times that of the weights,
   * which are scaled coarser where a bias would not fit. 0 is TFLite's, and the only one with
   * {@link #tflite}.
   */
  int biasBits() default 0;

  /** The layers that exist, by their annotations. Left out, all do. */
  Class<? extends Annotation>[] only() default {};

  /** Layers that do not exist. */
  Class<? extends Annotation>[] without() default {};

  /**
   * What may stand after an operation on its field, of {@link dev.detent.annotations.BatchNorm} and
   * the activations. Left out, all that TFLite fuses; <code>{}</code> is none.
   */
  Class<? extends Annotation>[] fuses() default {};

  /** What differs for single layers. */
  OperationRule[] operations() default {};
}
