package dev.detent.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution of each channel on its own, and one over all channels of a pixel after it (Chollet,
 * 2017): Keras's {@code SeparableConv2D}, TFLite's {@code DEPTHWISE_CONV_2D} and {@code CONV_2D}.
 *
 * <p>{@code [height, width, in]} becomes {@code [height', width', filters]}, where height and width
 * follow the rule of {@link Conv2D}. The kernels hold {@code kernelHeight * kernelWidth * in *
 * depthMultiplier} and {@code in * depthMultiplier * filters} numbers. The tensor between the two
 * has a range of its own; bias, batch norm and activation belong to the second.
 *
 * <p>{@link BatchNorm} stacks and is folded into kernel and bias; {@link Relu} and {@link Relu6}
 * stack and are fused.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
public @interface SeparableConv2D {
  /** Channels of the output, at least 1. */
  int filters() default 0;

  /** The window, {@code {height, width}} or one number for both, each at least 1. */
  int[] kernelSize() default {};

  /** Steps between windows, {@code {height, width}} or one number for both, each at least 1. */
  int[] strides() default {1};

  /** What happens at the edges; by default windows stay inside the input. */
  Padding padding() default Padding.VALID;

  /** Outputs of the first convolution for each input channel, at least 1. */
  int depthMultiplier() default 1;

  /**
   * Distance between the kernel's samples, {@code {height, width}} or one number for both, each at
   * least 1. Strides and dilation cannot both be above 1.
   */
  int[] dilationRate() default {1};

  /** Whether a bias is added. */
  boolean useBias() default true;

  /** How the kernel of the first convolution starts. */
  Initializer depthwiseInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the kernel of the second convolution starts. */
  Initializer pointwiseInitializer() default Initializer.GLOROT_UNIFORM;

  /** How the bias starts; only with {@link #useBias}. */
  Initializer biasInitializer() default Initializer.ZEROS;

  /** The factor of the L1 penalty of the first kernel in the loss; 0 is none. */
  double depthwiseL1() default 0;

  /** The factor of the L2 penalty of the first kernel in the loss; 0 is none. */
  double depthwiseL2() default 0;

  /** The factor of the L1 penalty of the second kernel in the loss; 0 is none. */
  double pointwiseL1() default 0;

  /** The factor of the L2 penalty of the second kernel in the loss; 0 is none. */
  double pointwiseL2() default 0;

  /**
   * The layer of the same kind, above this one, whose weights it uses; by default it has its own.
   * What starts and penalizes them is said there.
   */
  String sharedWith() default "";

  /** The layer that this one reads; by default the field above. */
  String from() default "";
}
