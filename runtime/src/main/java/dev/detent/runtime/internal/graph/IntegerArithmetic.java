package dev.detent.runtime.internal.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Integers in floating point that is exact for them, rounded as TFLite's kernels round. */
class IntegerArithmetic {
  private static final double TWO_TO_MANTISSA_BITS = 0x1p31;
  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_BIAS = 1023;

  /** Builds operations. */
  final Ops tf;

  IntegerArithmetic(Ops tf) {
    this.tf = tf;
  }

  /**
   * A positive multiplier as the kernels hold it, {@code mantissa / 2^31 * 2^exponent} with a
   * mantissa of 31 bits, for gemmlowp's product with two roundings: {@code
   * MultiplyByQuantizedMultiplier} of kernels/internal/common.h.
   *
   * @param first what an integer is multiplied with before the first rounding, half up
   * @param second the power of two, at most 1, between it and the second one, half away from zero
   */
  record FixedPoint(Operand<TFloat64> first, Operand<TFloat64> second) {}

  /** The multiplier in fixed point. */
  final FixedPoint fixedPoint(Operand<TFloat64> multiplier) {
    return fixedPoint(multiplier, 1);
  }

  /**
   * The multiplier divided by {@code divisor}, in the integer arithmetic of MEAN.
   *
   * @param multiplier the quotient of two floats, so that its mantissa never rounds up to 1
   */
  final FixedPoint fixedPoint(Operand<TFloat64> multiplier, int divisor) {
    int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(divisor);
    var exponent = exponentOf(multiplier);
    var mantissa = mantissa(multiplier, exponent);
    if (divisor > 1) {
      var shiftedMantissa = tf.math.mul(mantissa, tf.constant(Math.scalb(1.0, shift)));
      // What is no integer is at least 1 / divisor away from one: half of that makes up for a
      // quotient that the optimizer computes as a product with the reciprocal.
      mantissa =
          tf.math.floor(
              tf.math.add(
                  tf.math.div(shiftedMantissa, tf.constant((double) divisor)),
                  tf.constant(0.5 / divisor)));
    }
    var shifted = tf.math.sub(exponent, tf.constant((long) shift));
    var zero = tf.constant(0L);
    var scaled = tf.math.div(mantissa, tf.constant(TWO_TO_MANTISSA_BITS));
    return new FixedPoint(
        tf.math.mul(scaled, powerOf2(tf.math.maximum(shifted, zero))),
        powerOf2(tf.math.minimum(shifted, zero)));
  }

  /** The multiplier with a mantissa of 15 bits, which is cut from that of 31. */
  final Operand<TFloat64> reduced(Operand<TFloat64> multiplier) {
    var exponent = exponentOf(multiplier);
    var cut = tf.math.div(mantissa(multiplier, exponent), tf.constant((double) (1 << Short.SIZE)));
    var rounded = tf.math.minimum(halfUp(cut), tf.constant((double) Short.MAX_VALUE));
    var scaled = tf.math.div(rounded, tf.constant((double) (1 << (Short.SIZE - 1))));
    return tf.math.mul(scaled, powerOf2(exponent));
  }

  /** Of a positive {@code x}: the e of {@code x = f * 2^e} with f in [0.5, 1). */
  final Operand<TInt64> exponentOf(Operand<TFloat64> x) {
    var fractionBits = tf.constant((long) DOUBLE_FRACTION_BITS);
    return tf.math.sub(
        tf.bitwise.rightShift(tf.bitcast(x, TInt64.class), fractionBits),
        tf.constant(DOUBLE_BIAS - 1L));
  }

  private Operand<TFloat64> mantissa(Operand<TFloat64> multiplier, Operand<TInt64> exponent) {
    var f = tf.math.mul(multiplier, powerOf2(tf.math.neg(exponent)));
    return halfUp(tf.math.mul(f, tf.constant(TWO_TO_MANTISSA_BITS)));
  }

  final Operand<TFloat64> powerOf2(Operand<TInt64> exponent) {
    var biased = tf.math.add(exponent, tf.constant((long) DOUBLE_BIAS));
    return tf.bitcast(
        tf.bitwise.leftShift(biased, tf.constant((long) DOUBLE_FRACTION_BITS)), TFloat64.class);
  }

  /** Integers times the multiplier, rounded to integers. */
  final <T extends TNumber> Operand<T> times(FixedPoint multiplier, Operand<T> integers) {
    return halfAway(roundedOnce(multiplier, integers));
  }

  /** The same with the second rounding half up, too. */
  final <T extends TNumber> Operand<T> timesHalfUp(FixedPoint multiplier, Operand<T> integers) {
    return halfUp(roundedOnce(multiplier, integers));
  }

  private <T extends TNumber> Operand<T> roundedOnce(FixedPoint multiplier, Operand<T> integers) {
    Class<T> type = integers.type();
    var once = halfUp(tf.math.mul(integers, tf.dtypes.cast(multiplier.first, type)));
    return tf.math.mul(once, tf.dtypes.cast(multiplier.second, type));
  }

  /** How many steps of the grid {@code x} is away from 0: integers. */
  final Operand<TFloat32> steps(Operand<TFloat32> x, RangeNodes nodes) {
    return halfUp(tf.math.div(x, nodes.scale()));
  }

  /**
   * The built-in QUANTIZE of real numbers, before it clips: the quotient is computed in double, and
   * rounded half away from zero.
   */
  final Operand<TFloat32> quantized(Operand<TFloat32> x, RangeNodes nodes) {
    var steps = halfAway(tf.math.div(wide(x), wide(nodes.scale())));
    return tf.math.mul(narrow(steps), nodes.scale());
  }

  /**
   * RELU_N1_TO_1 as all kernels bound integers: at those next to 1 and -1, rounded half away.
   *
   * @param x on the grid
   */
  final Operand<TFloat32> withinOne(RangeNodes nodes, Operand<TFloat32> x) {
    var steps = halfUp(tf.math.reciprocal(nodes.scale()));
    // The bound is 1, however the scale is trained.
    var one = tf.stopGradient(tf.math.mul(steps, nodes.scale()));
    return tf.clipByValue(x, tf.math.neg(one), one);
  }

  final Operand<TFloat64> wide(Operand<? extends TNumber> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }

  final Operand<TFloat32> narrow(Operand<? extends TNumber> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }

  final <T extends TNumber> Operand<T> halfUp(Operand<T> x) {
    return tf.math.floor(tf.math.add(x, tf.dtypes.cast(tf.constant(0.5), x.type())));
  }

  final <T extends TNumber> Operand<T> halfAway(Operand<T> x) {
    return tf.math.mul(tf.math.sign(x), halfUp(tf.math.abs(x)));
  }

  final <T extends TNumber> Operand<T> clipped(
      Operand<T> x, Operand<T> lowest, Operand<T> highest) {
    return tf.math.minimum(tf.math.maximum(x, lowest), highest);
  }
}
