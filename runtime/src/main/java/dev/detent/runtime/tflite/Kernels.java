package dev.detent.runtime.tflite;

/** Which of TFLite's two sets of kernels runs a model. They round differently. */
public enum Kernels {
  /** The built-in ones, the specification's reference: requantization in fixed point. */
  BUILT_IN,
  /** XNNPACK, the default on phones and desktops: requantization in float. */
  XNNPACK
}
