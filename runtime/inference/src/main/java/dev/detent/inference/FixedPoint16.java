package dev.detent.inference;

import java.util.function.IntUnaryOperator;

/**
 * The sigmoid and the hyperbolic tangent of TFLite's integer LSTM: gemmlowp's fixed-point functions
 * of 16 bits (fixedpoint/fixedpoint.h), which are off by a few units in the last place and have to
 * be followed to the bit, because a recurrent network feeds its errors back.
 *
 * <p>A number of {@code n} integer bits is an integer in steps of {@code 2^(n - 15)}; results have
 * none. Both functions are tables of all 65,536 arguments, from -32,768 on.
 */
final class FixedPoint16 {
  private static final int LOWEST = Short.MIN_VALUE;
  private static final int HIGHEST = Short.MAX_VALUE;
  private static final int FRACTION_BITS = 15;

  /** 1 with two integer bits. */
  private static final int ONE_IN_TWO_BITS = 1 << (FRACTION_BITS - 2);

  private static final int NEWTON_STEPS = 3;

  /** {@code exp(-1/8)} and 1/3 without integer bits, 48/17 and -32/17 with two; of 32 bits. */
  private static final int EXP_OF_MINUS_ONE_EIGHTH = constant(1_895_147_668);

  private static final int ONE_THIRD = constant(715_827_883);
  private static final int FORTY_EIGHT_SEVENTEENTHS = constant(1_515_870_810);
  private static final int MINUS_THIRTY_TWO_SEVENTEENTHS = constant(-1_010_580_540);

  /** {@code exp(-2^e)} for {@code e} from -2 to 4, of 32 bits. */
  private static final int[] EXP_OF_MINUS_POWERS = {
    constant(1_672_461_947),
    constant(1_302_514_674),
    constant(790_015_084),
    constant(290_630_308),
    constant(39_332_535),
    constant(720_401),
    constant(242)
  };

  private FixedPoint16() {}

  /** Of arguments with {@code integerBits} integer bits. */
  static short[] sigmoids(int integerBits) {
    return table(a -> sigmoid(a, integerBits));
  }

  /** Of arguments with {@code integerBits} integer bits. */
  static short[] tanhs(int integerBits) {
    return table(a -> tanh(a, integerBits));
  }

  private static short[] table(IntUnaryOperator function) {
    short[] table = new short[HIGHEST - LOWEST + 1];
    for (int a = LOWEST; a <= HIGHEST; a++) {
      table[a - LOWEST] = (short) function.applyAsInt(a);
    }
    return table;
  }

  private static int sigmoid(int a, int integerBits) {
    if (a == 0) {
      return 1 << (FRACTION_BITS - 1);
    }
    int x = reciprocal(expOfNegative(a > 0 ? (short) -a : a, integerBits));
    int positive = shiftedLeft(x, 1);
    return a > 0 ? positive : (short) (HIGHEST - positive);
  }

  private static int tanh(int a, int integerBits) {
    if (a == 0) {
      return 0;
    }
    // exp(2 a): the same integer with one integer bit more
    int x = reciprocal(expOfNegative(a < 0 ? a : (short) -a, integerBits + 1));
    int t = shiftedLeft((short) (x - ONE_IN_TWO_BITS), 2);
    return a < 0 ? (short) -t : t;
  }

  /** {@code 2 / (1 + a)} with two integer bits, by Newton and Raphson's division. */
  private static int reciprocal(int a) {
    int half = (a + HIGHEST + 1) / 2;
    int x = (short) (FORTY_EIGHT_SEVENTEENTHS + product(half, MINUS_THIRTY_TWO_SEVENTEENTHS));
    for (int i = 0; i < NEWTON_STEPS; i++) {
      int rest = (short) (ONE_IN_TWO_BITS - product(half, x));
      x = (short) (x + shiftedLeft(product(x, rest), 2));
    }
    return x;
  }

  private static int expOfNegative(int a, int integerBits) {
    if (a == 0) {
      return HIGHEST;
    }
    int fractionBits = FRACTION_BITS - integerBits;
    int quarter = 1 << (fractionBits - 2);
    int modulo = (a & (quarter - 1)) - quarter;
    int result = expNearMinusOneEighth(shiftedLeft(modulo, integerBits));
    int remainder = (short) (modulo - a);
    for (int i = 0; i < EXP_OF_MINUS_POWERS.length; i++) {
      int exponent = i - 2;
      if (integerBits > exponent && (remainder & 1 << (fractionBits + exponent)) != 0) {
        result = product(result, EXP_OF_MINUS_POWERS[i]);
      }
    }
    boolean isBelow = integerBits > 5 && a < -(1 << (20 - integerBits)); // below -32
    return isBelow ? 0 : result;
  }

  /** For -1/4 to 0, by Taylor's series around -1/8. */
  private static int expNearMinusOneEighth(int a) {
    int x = (short) (a + (1 << (FRACTION_BITS - 3)));
    int x2 = product(x, x);
    int x3 = product(x2, x);
    int x4 = product(x2, x2);
    int inner = product((short) (shiftedRight(x4, 2) + x3), ONE_THIRD);
    int tail = shiftedRight((short) (inner + x2), 1);
    int sum = EXP_OF_MINUS_ONE_EIGHTH + product(EXP_OF_MINUS_ONE_EIGHTH, (short) (x + tail));
    return Math.max(LOWEST, Math.min(HIGHEST, sum));
  }

  /** {@code SaturatingRoundingDoublingHighMul}. */
  private static int product(int a, int b) {
    if (a == LOWEST && b == LOWEST) {
      return HIGHEST;
    }
    int product = a * b;
    int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return (product + nudge) / (1 << FRACTION_BITS);
  }

  /** {@code RoundingDivideByPOT}: halves go away from zero. */
  private static int shiftedRight(int x, int bits) {
    int mask = (1 << bits) - 1;
    int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> bits) + ((x & mask) > threshold ? 1 : 0);
  }

  private static int shiftedLeft(int x, int bits) {
    int threshold = (1 << (FRACTION_BITS - bits)) - 1;
    if (x > threshold) {
      return HIGHEST;
    }
    return x < -threshold ? LOWEST : x << bits;
  }

  /** A constant of 32 bits, of 16. */
  private static int constant(int of32Bits) {
    return shiftedRight(of32Bits, Short.SIZE);
  }
}
