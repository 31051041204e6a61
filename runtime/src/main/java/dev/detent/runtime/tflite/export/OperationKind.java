package dev.detent.runtime.tflite.export;

/** The operations that a plan can hold, under their names in TFLite's schema. */
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
  /** Tensors one behind the other. */
  CONCATENATION,
  /** Matrix product of two activations. */
  BATCH_MATMUL,
  /** The same values with the axes in another order. */
  TRANSPOSE,
  /** Difference of two tensors, value by value. */
  SUB,
  /** Rows of a table. */
  GATHER,
  /** A long short-term memory. */
  UNIDIRECTIONAL_SEQUENCE_LSTM,
  /** A part of a tensor: the last step of a sequence. */
  STRIDED_SLICE,
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
  /** Product of two tensors. */
  MUL,
  /** The smaller of two values. */
  MINIMUM
}
