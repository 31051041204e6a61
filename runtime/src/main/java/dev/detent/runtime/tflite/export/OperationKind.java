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
  /** An operation that TFLite does not have: the application registers its kernel. */
  CUSTOM
}
