package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected layer: Keras's {@code Dense}, TFLite's {@code FULLY_CONNECTED}.
 *
 * <p>{@code [..., in]} becomes {@code [..., units]}: of more than one dimension the last one is
 * multiplied, as in Keras; to see a whole image at once it goes through {@link Flatten} first. The
 * kernel holds {@code in * units} numbers.
 *
 * <p>{@link BatchNorm} stacks and is folded into kernel and bias; {@link Relu} and {@link Relu6}
 * stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Dense {
  /** Size of the output, at least 1. */
  int units() default 0;

  /** Whether a bias is added. */
  boolean useBias() default true;

  /** How the kernel starts. */
  Initializer kernelInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the bias starts; only with {@link #useBias}. */
  Initializer biasInitializer() default Initializer.ZEROS;

  /** The factor of the L1 penalty {@code factor * sum(|kernel|)} in the loss; 0 is none. */
  double kernelL1() default 0;

  /** The factor of the L2 penalty {@code factor * sum(kernel^2)} in the loss; 0 is none. */
  double kernelL2() default 0;

  /**
   * The layer of the same kind, above this one, whose weights it uses; by default it has its own.
   * What starts and penalizes them is said there.
   */
  String sharedWith() default "";

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
