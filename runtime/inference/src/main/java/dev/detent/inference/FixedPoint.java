package dev.detent.inference;

/**
 * A multiplier of TFLite's integer kernels, {@code mantissa / 2^31 * 2^exponent} with a mantissa of
 * 31 bits ({@code QuantizeMultiplier} of kernels/internal/quantization_util.cc), and the products
 * with it, each rounded as the kernels round ({@code MultiplyByQuantizedMultiplier} of
 * kernels/internal/common.cc).
 *
 * @param mantissa of a magnitude of at least 2^30, or 0
 * @param exponent of the power of two
 */
record FixedPoint(int mantissa, int exponent) {
  private static final int MANTISSA_BITS = 31;
  private static final long HALF = 1L << (MANTISSA_BITS - 1);

  /** Nearest to a number. */
  static FixedPoint of(double multiplier) {
    if (multiplier == 0 || !(Math.abs(multiplier) < Double.POSITIVE_INFINITY)) {
      return new FixedPoint(0, 0);
    }
    if (multiplier < 0) {
      FixedPoint opposite = of(-multiplier);
      return new FixedPoint(-opposite.mantissa, opposite.exponent);
    }
    int exponent = Math.getExponent(multiplier) + 1;
    long mantissa = Math.round(Math.scalb(multiplier, MANTISSA_BITS - exponent));
    if (mantissa == 1L << MANTISSA_BITS) {
      mantissa /= 2;
      exponent++;
    }
    return exponent < -MANTISSA_BITS
        ? new FixedPoint(0, 0)
        : new FixedPoint((int) mantissa, Math.min(exponent, MANTISSA_BITS - 1));
  }

  /** The product, rounded half up to 31 bits and then half away from zero. */
  int times(int x) {
    return times(x, mantissa, exponent);
  }

  /** The same with a multiplier that is in no object. */
  static int times(int x, int mantissa, int exponent) {
    int once = product(exponent > 0 ? x << exponent : x, mantissa);
    return exponent < 0 ? divided(once, -exponent) : once;
  }

  /** The product, rounded half up both times, as TFLite's matrix library rounds. */
  int timesHalfUp(int x) {
    int once = product(exponent > 0 ? x << exponent : x, mantissa);
    return exponent < 0 ? (int) (once + (1L << (-exponent - 1)) >> -exponent) : once;
  }

  /** The product with a mantissa of 15 bits, rounded once, half up: of sums of 64 bits. */
  int timesReduced(long x) {
    long reduced = mantissa < 0x7FFF0000 ? (mantissa + (1 << 15)) >> 16 : 0x7FFF;
    int shift = 15 - exponent;
    return (int) ((x * reduced + (1L << (shift - 1))) >> shift);
  }

  /** The product with all 31 bits, rounded once, half up: of sums of less than 2^48. */
  int timesOnce(long x) {
    int shift = MANTISSA_BITS - exponent;
    // x m 2^-shift in two parts, as x m has more than 64 bits.
    long upper = (x >> 16) * mantissa;
    long lower = (x & 0xFFFF) * mantissa;
    int left = shift - 16;
    // What is cut off is less than one of the half's units, so that it cannot change the floor.
    return (int) ((upper + (lower >> 16) + (1L << (left - 1))) >> left);
  }

  /** {@code SaturatingRoundingDoublingHighMul}: {@code a b / 2^31}, half up. */
  static int product(int a, int b) {
    return a == Integer.MIN_VALUE && b == Integer.MIN_VALUE
        ? Integer.MAX_VALUE
        : (int) (((long) a * b + HALF) >> MANTISSA_BITS);
  }

  /** {@code RoundingDivideByPOT}: divided by a power of two, half away from zero. */
  static int divided(int x, int bits) {
    if (bits > MANTISSA_BITS) {
      return 0;
    }
    int mask = (int) ((1L << bits) - 1);
    int threshold = (mask >>> 1) + (x < 0 ? 1 : 0);
    return (x >> bits) + ((x & mask) > threshold ? 1 : 0);
  }

  /** Half away from zero, as {@code std::round}; what an int cannot hold is the smallest one. */
  static int away(double x) {
    double rounded = Math.copySign(Math.floor(Math.abs(x) + 0.5), x);
    // 0.49999999999999994 + 0.5 is 1.
    if (Math.abs(rounded - x) > 0.5) {
      rounded -= Math.copySign(1, x);
    }
    return rounded >= -0x1p31 && rounded < 0x1p31 ? (int) rounded : Integer.MIN_VALUE;
  }

  static int clamp(int x, int lowest, int highest) {
    return Math.max(lowest, Math.min(highest, x));
  }
}
