package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution over images: Keras's {@code Conv2D}, TFLite's {@code CONV_2D}.
 *
 * <p>{@code [height, width, in]} becomes {@code [height', width', filters]}. With a window that
 * covers {@code w = (kernelSize - 1) * dilationRate + 1}, {@code height'} is {@code ceil((height -
 * w + 1) / stride)} for {@link Padding#VALID} and {@code ceil(height / stride)} for {@link
 * Padding#SAME}. The kernel holds {@code kernelHeight * kernelWidth * in / groups * filters}
 * numbers.
 *
 * <p>{@link BatchNorm} stacks and is folded into kernel and bias; {@link Relu} and {@link Relu6}
 * stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface Conv2D {
  /** Channels of the output, at least 1; to be written here or with {@link Bind}. */
  int filters() default 0;

  /**
   * The window, {@code {height, width}} or one number for both, each at least 1; to be written here
   * or with {@link Bind}.
   */
  int[] kernelSize() default {};

  /** Steps between windows, {@code {height, width}} or one number for both, each at least 1. */
  int[] strides() default {1};

  /** What happens at the edges; by default windows stay inside the input. */
  Padding padding() default Padding.VALID;

  /**
   * Distance between the kernel's samples, {@code {height, width}} or one number for both, each at
   * least 1. Strides and dilation cannot both be above 1.
   */
  int[] dilationRate() default {1};

  /**
   * Into how many groups of channels input and output are cut; each group of filters sees its own
   * group of the input. It divides both numbers of channels.
   */
  int groups() default 1;

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
