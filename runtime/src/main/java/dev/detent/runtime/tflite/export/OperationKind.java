package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.KernelRange;

/**
 * The operations that a plan can hold, under their names in TFLite's schema; where the same one has
 * other operands, with a word more.
 */
public enum OperationKind {
  /** Convolution. */
  CONV_2D,
  /** Convolution of each channel by itself. */
  DEPTHWISE_CONV_2D,
  /** Matrix product with constant weights. */
  FULLY_CONNECTED,
  /** Largest value of each window. */
  MAX_POOL_2D,
  /** Mean of each window. */
  AVERAGE_POOL_2D,
  /** Mean over axes. */
  MEAN,
  /** The same values in another shape. */
  RESHAPE,
  /** Zeros around the image. */
  PAD,
  /** Sum of two tensors. */
  ADD,
  /** Product of two tensors, or of one and a constant. */
  MUL,
  /** Difference of two tensors. */
  SUB,
  /** The larger value at each place. */
  MAXIMUM,
  /** The smaller value at each place. */
  MINIMUM,
  /** Tensors one behind the other. */
  CONCATENATION,
  /** Axes in another order. */
  TRANSPOSE,
  /** An image continued by its mirror image. */
  MIRROR_PAD,
  /** A part of a tensor. */
  STRIDED_SLICE,
  /** One of several parts of equal size. */
  SPLIT,
  /** Blocks of pixels as channels. */
  SPACE_TO_DEPTH,
  /** Channels as blocks of pixels. */
  DEPTH_TO_SPACE,
  /** The values again and again. */
  TILE,
  /** The nearest pixels of an image of another size. */
  RESIZE_NEAREST_NEIGHBOR,
  /** An image of another size, from the four pixels around each. */
  RESIZE_BILINEAR,
  /** Sum over axes. */
  SUM,
  /** Largest value over axes. */
  REDUCE_MAX,
  /** Matrix product of two activations. */
  BATCH_MATMUL,
  /** Rows of a table. */
  GATHER,
  /** A long short-term memory. */
  UNIDIRECTIONAL_SEQUENCE_LSTM,
  /** A constant tensor, which is no operation in the file. */
  PARAMETER,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code min(max(x, 0), 6)}. */
  RELU6,
  /** {@code exp(x) / sum(exp(x))} over the last axis. */
  SOFTMAX,
  /** Float to integers, or integers to those of another scale. */
  QUANTIZE,
  /** Integers to float. */
  DEQUANTIZE,
  /** {@code min(max(x, -1), 1)}. */
  RELU_N1_TO_1,
  /** {@code 1 / (1 + exp(-x))}. */
  LOGISTIC,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code x} where it is not negative, else a share of it. */
  LEAKY_RELU,
  /** {@code x} where it is not negative, else a share of it that each value may have. */
  PRELU,
  /** {@code x} where it is not negative, else {@code exp(x) - 1}. */
  ELU,
  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  HARD_SWISH,
  /** {@code x} times the normal distribution's share below it. */
  GELU,
  /** {@code x - log(sum(exp(x)))} over the last axis. */
  LOG_SOFTMAX,
  /** {@code x / sqrt(sum(x^2))} over the last axis. */
  L2_NORMALIZATION,
  /** {@code exp(x)}. */
  EXP,
  /** Transposed convolution. */
  TRANSPOSE_CONV,
  /** MUL with the layer's constant. */
  MUL_CONSTANT,
  /** ADD of the layer's constant. */
  ADD_CONSTANT,
  /** An operation that TFLite does not have: the application registers its kernel. */
  CUSTOM;

  /** What the kernel prescribes for its output; null if it takes any range. */
  KernelRange prescribedRange() {
    return switch (this) {
      case LOGISTIC -> KernelRange.LOGISTIC;
      case TANH -> KernelRange.TANH;
      case SOFTMAX -> KernelRange.SOFTMAX;
      case LOG_SOFTMAX -> KernelRange.LOG_SOFTMAX;
      case L2_NORMALIZATION -> KernelRange.L2_NORMALIZATION;
      default -> null;
    };
  }
}
