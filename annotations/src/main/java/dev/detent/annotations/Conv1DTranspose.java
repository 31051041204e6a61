package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transposed convolution, which makes sequences longer: Keras's {@code Conv1DTranspose}, TFLite's
 * {@code TRANSPOSE_CONV} over an image of one row.
 *
 * <p>{@code [steps, in]} becomes {@code [steps', filters]}. {@code steps'} is {@code steps *
 * stride} for {@link Padding#SAME} and {@code steps * stride + max(kernelSize - stride, 0)} for
 * {@link Padding#VALID}, or what {@link #outputPadding} says. The kernel holds {@code kernelSize *
 * filters * in} numbers. TFLite has no dilation here.
 *
 * <p>{@link BatchNorm} stacks and is folded into kernel and bias; {@link Relu} and {@link Relu6}
 * stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Conv1DTranspose {
  /** Channels of the output, at least 1. */
  int filters() default 0;

  /** The window, at least 1. */
  int kernelSize() default 0;

  /** Steps between windows, at least 1. */
  int strides() default 1;

  /** What is cut off at the ends of the output; by default nothing. */
  Padding padding() default Padding.VALID;

  /**
   * Steps added at the end of the output, at least 0 and less than the stride: {@code steps' =
   * (steps - 1) * stride + kernelSize + outputPadding}, less {@code 2 * (kernelSize / 2)} for
   * {@link Padding#SAME}. Where it is not written, the rule above holds.
   */
  int outputPadding() default 0;

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
