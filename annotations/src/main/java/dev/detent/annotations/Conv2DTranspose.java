package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transposed convolution, which enlarges images: Keras's {@code Conv2DTranspose}, TFLite's {@code
 * TRANSPOSE_CONV}.
 *
 * <p>{@code [height, width, in]} becomes {@code [height', width', filters]}. {@code height'} is
 * {@code height * stride} for {@link Padding#SAME} and {@code height * stride + max(kernelHeight -
 * stride, 0)} for {@link Padding#VALID}, or what {@link #outputPadding} says. The kernel holds
 * {@code kernelHeight * kernelWidth * filters * in} numbers. TFLite has no dilation here.
 *
 * <p>{@link BatchNorm} stacks and is folded into kernel and bias; {@link Relu} and {@link Relu6}
 * stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Conv2DTranspose {
  /** Channels of the output, at least 1. */
  int filters() default 0;

  /** The window, {@code {height, width}} or one number for both, each at least 1. */
  int[] kernelSize() default {};

  /** Steps between windows, {@code {height, width}} or one number for both, each at least 1. */
  int[] strides() default {1};

  /** What is cut off at the edges of the output; by default nothing. */
  Padding padding() default Padding.VALID;

  /**
   * Rows and columns added at the end of the output, {@code {height, width}} or one number for
   * both, each less than the stride: {@code height' = (height - 1) * stride + kernelHeight +
   * outputPadding}, less {@code 2 * (kernelHeight / 2)} for {@link Padding#SAME}. By default the
   * rule above holds.
   */
  int[] outputPadding() default {};

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
