package dev.detent.runtime.internal.graph;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The built-in SOFTMAX of 16-bit integers (kernels/internal/reference/softmax.h, {@code
 * SoftmaxInt16}): exponentials and a reciprocal from tables of 513 entries, linear in between
 * (kernels/internal/common.h, {@code LUTPopulateInt16} and {@code LUTLookup}). Exact for sums below
 * 2^31, that is fewer than 65,536 classes.
 */
final class WideSoftmax extends Kernel {
  private static final int TABLE_STEPS = 512;
  private static final int TABLE_SHIFT = 7;
  private static final double LOWEST_EXPONENT = -10;
  private static final long CODES = (1L << Short.SIZE) - 1;

  /** How many steps of the tables' results make 1. */
  private static final double TABLE_UNIT = 1 << (Short.SIZE - 1);

  WideSoftmax(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    super(tf, from, to, x);
  }

  /** The probabilities, in steps of 1/32768. */
  Operand<TFloat32> probabilities() {
    var last = tf.constant(-1);
    var steps = steps();
    var difference = tf.math.sub(steps, tf.reduceMax(steps, last, ReduceMax.keepDims(true)));
    var exponentials =
        lookup(table(Math::exp, LOWEST_EXPONENT, 0), in16Bits(recentred(difference)));
    var sum = tf.reduceSum(exponentials, last, ReduceSum.keepDims(true));
    // The sum as 1.x times a power of two: its leading zeros in 32 bits.
    var exponent = tf.math.sub(exponentOf(wide(sum)), tf.constant(1L));
    var normalized = tf.bitwise.leftShift(sum, tf.math.sub(tf.constant(30L), exponent));
    var fraction =
        tf.bitwise.rightShift(tf.math.add(normalized, tf.constant(1L << 13)), tf.constant(14L));
    var centred = tf.math.sub(fraction, tf.constant((1L << 15) + (1L << 16)));
    var reciprocal = lookup(table(x -> 1 / (1 + x), 0, 1), in16Bits(centred));
    var half = tf.bitwise.leftShift(tf.constant(1L), tf.math.sub(exponent, tf.constant(1L)));
    var product = tf.math.add(tf.math.mul(exponentials, reciprocal), half);
    Operand<TInt64> shifted = tf.bitwise.rightShift(product, exponent);
    return real(narrow(clipped(shifted, tf.constant(0L), tf.constant((long) Short.MAX_VALUE))));
  }

  /** The distances from the largest input in steps of the table's argument. */
  private Operand<TInt64> recentred(Operand<TFloat32> difference) {
    double tableStep = -LOWEST_EXPONENT / CODES;
    var ratio = tf.math.div(wide(from.scale()), tf.constant(tableStep));
    var scaled = times(fixedPoint(ratio), wide(difference));
    return tf.math.add(tf.dtypes.cast(scaled, TInt64.class), tf.constant((long) Short.MAX_VALUE));
  }

  private Operand<TInt64> in16Bits(Operand<TInt64> value) {
    return clipped(value, tf.constant((long) Short.MIN_VALUE), tf.constant((long) Short.MAX_VALUE));
  }

  private Operand<TInt64> lookup(long[] table, Operand<TInt64> value) {
    var shift = tf.constant((long) TABLE_SHIFT);
    var index = tf.math.add(tf.bitwise.rightShift(value, shift), tf.constant(TABLE_STEPS / 2L));
    var offset = tf.bitwise.bitwiseAnd(value, tf.constant((1L << TABLE_SHIFT) - 1));
    var entries = tf.constant(table);
    var axis = tf.constant(0);
    var base = tf.gather(entries, index, axis);
    var next = tf.gather(entries, tf.math.add(index, tf.constant(1L)), axis);
    var slope = tf.math.mul(tf.math.sub(next, base), offset);
    var rounded = tf.math.add(slope, tf.constant(1L << (TABLE_SHIFT - 1)));
    return tf.math.add(base, tf.bitwise.rightShift(rounded, shift));
  }

  /** Entries moved so that halfway between two of them half the error is gone. */
  private static long[] table(DoubleUnaryOperator function, double from, double to) {
    float step = (float) ((to - from) / TABLE_STEPS);
    long[] table = new long[TABLE_STEPS + 1];
    Arrays.setAll(
        table,
        i -> {
          double sample = round(function.applyAsDouble(from + i * step) * TABLE_UNIT);
          if (i == TABLE_STEPS) {
            return clip(round(function.applyAsDouble(to) * TABLE_UNIT));
          }
          double next = function.applyAsDouble(from + (i + 1) * step) * TABLE_UNIT;
          double between = round((next + sample) / 2);
          double middle = round(function.applyAsDouble(from + i * step + step / 2) * TABLE_UNIT);
          return clip(sample - round((between - middle) / 2));
        });
    return table;
  }

  /** Half away from zero. */
  private static double round(double value) {
    return Math.signum(value) * Math.floor(Math.abs(value) + 0.5);
  }

  private static long clip(double value) {
    return (long) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
