package dev.detent.runtime.tflite;

/** How an accumulator becomes an 8-bit value: one of TFLite's two ways. */
interface Requantization {

  /**
   * The built-in kernels: gemmlowp's fixed point with 31 bits and two roundings
   * (kernels/internal/common.h, MultiplyByQuantizedMultiplier; quantization_util.cc,
   * QuantizeMultiplier).
   */
  Requantization FIXED_POINT =
      (accumulator, multiplier) -> {
        FixedPoint fixed = FixedPoint.of(multiplier);
        return fixed.times(accumulator);
      };

  /** XNNPACK: one product in float, rounded half to even. */
  Requantization FLOAT =
      (accumulator, multiplier) -> (int) Math.rint((double) (accumulator * (float) multiplier));

  /** The accumulator times a positive number, rounded. */
  int scaled(int accumulator, double multiplier);

  /**
   * A positive number as {@code mantissa / 2^31 * 2^exponent}.
   *
   * @param mantissa from 2^30 to 2^31
   */
  record FixedPoint(long mantissa, int exponent) {
    static FixedPoint of(double value) {
      int exponent = Math.getExponent(value) + 1;
      long mantissa = Math.round(value / Math.scalb(1.0, exponent) * (1L << 31));
      if (mantissa == 1L << 31) {
        return new FixedPoint(mantissa / 2, exponent + 1);
      }
      return exponent < -31 ? new FixedPoint(0, 0) : new FixedPoint(mantissa, exponent);
    }

    int times(int accumulator) {
      int shifted = accumulator << Math.max(exponent, 0);
      return dividedByPowerOfTwo(doublingHighProduct(shifted), Math.max(-exponent, 0));
    }

    private int doublingHighProduct(int a) {
      long product = a * mantissa;
      long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
      return (int) ((product + nudge) / (1L << 31));
    }

    private static int dividedByPowerOfTwo(int x, int exponent) {
      int mask = (int) ((1L << exponent) - 1);
      int remainder = x & mask;
      int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
      return (x >> exponent) + (remainder > threshold ? 1 : 0);
    }
  }
}
