package dev.detent.runtime.tflite.export;

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
  /** Tensors one behind the other. */
  CONCATENATION,
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
  /** Transposed convolution. */
  TRANSPOSE_CONV,
  /** MUL with the layer's constant. */
  MUL_CONSTANT,
  /** ADD of the layer's constant. */
  ADD_CONSTANT,
  /** Largest value over axes. */
  REDUCE_MAX
}
