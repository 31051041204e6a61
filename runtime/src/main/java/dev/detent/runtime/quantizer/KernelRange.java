package dev.detent.runtime.quantizer;

import org.jspecify.annotations.Nullable;

/**
 * Ranges that TFLite's kernels prescribe for their output (TensorFlow Lite 8-bit quantization
 * specification, and {@code Prepare} of the 16-bit softmax).
 */
public enum KernelRange {
  /** From 0 to 1. */
  LOGISTIC(1.0 / 256, -128),
  /** From -1 to 1. */
  TANH(1.0 / 128, 0),
  /** From 0 to 1. */
  SOFTMAX(1.0 / 256, -128),
  /** From -16 to 0. */
  LOG_SOFTMAX(16.0 / 256, 127),
  /** From -1 to 1. */
  L2_NORMALIZATION(1.0 / 128, 0);

  private static final double SOFTMAX_OF_16_BITS = 1.0 / 32768;

  private final double scale;
  private final int zeroPoint;

  KernelRange(double scale, int zeroPoint) {
    this.scale = scale;
    this.zeroPoint = zeroPoint;
  }

  /**
   * The range that an output has for which another one is asked, as by a custom layer for a tensor
   * inside of it: of 8 bits (a softmax of 16, too) always the kernel's. Widths that no kernel has
   * are simulated only and stay as they are asked for, and so does a range that is fixed.
   *
   * @param asked null for a float output
   */
  public @Nullable ActivationRange of(@Nullable ActivationRange asked) {
    if (asked == null || asked.fixed().isPresent()) {
      return asked;
    }
    ActivationRange range;
    if (asked.bits() == Byte.SIZE) {
      range = ActivationRange.fixed(asked.name(), Byte.SIZE, scale, zeroPoint);
    } else if (asked.bits() == Short.SIZE && this == SOFTMAX) {
      range = ActivationRange.fixed(asked.name(), Short.SIZE, SOFTMAX_OF_16_BITS, 0);
    } else {
      return asked;
    }
    return asked.isPowerOfTwo() ? range.powerOfTwo() : range;
  }

  /** Its scale with 8 bits. */
  public double scale() {
    return scale;
  }

  /** Its zero point with 8 bits. */
  public int zeroPoint() {
    return zeroPoint;
  }
}
