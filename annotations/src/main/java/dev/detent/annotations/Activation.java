package dev.detent.annotations;

/** An activation that TFLite fuses into the operation before it. */
public enum Activation {
  /** The identity. */
  NONE,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code min(max(x, 0), 6)}. */
  RELU6,
  /** {@code min(max(x, -1), 1)}. */
  RELU_N1_TO_1
}
