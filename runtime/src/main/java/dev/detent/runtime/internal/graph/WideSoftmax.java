package dev.detent.runtime.internal.graph;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * The built-in SOFTMAX of 16-bit integers (kernels/internal/reference/softmax.h, {@code
 * SoftmaxInt16}): exponentials and a reciprocal from tables of 513 entries, linear in between
 * (kernels/internal/common.h, {@code LUTPopulateInt16} and {@code LUTLookup}). Exact for sums below
 * 2^31, that is fewer than 65,536 classes.
 */
final class WideSoftmax {
  private static final int TABLE_STEPS = 512;
  private static final int TABLE_SHIFT = 7;
  private static final double LOWEST_EXPONENT = -10;
  private static final long CODES = (1L << Short.SIZE) - 1;

  /** How many steps of the tables' results make 1. */
  private static final double TABLE_UNIT = 1 << (Short.SIZE - 1);

  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_BIAS = 1023;

  private WideSoftmax() {}

  /**
   * The probabilities on the output's grid.
   *
   * @param steps how many steps of its grid each input is away from 0, whole numbers
   * @param inputScale of the input's grid
   * @param outputScale of the output's grid: 1/32768
   */
  static Operand<TFloat32> of(
      Ops tf,
      Operand<TFloat32> steps,
      Operand<TFloat32> inputScale,
      Operand<TFloat32> outputScale) {
    var last = tf.constant(-1);
    var difference = tf.math.sub(steps, tf.reduceMax(steps, last, ReduceMax.keepDims(true)));
    var exponentials =
        lookup(
            tf,
            table(Math::exp, LOWEST_EXPONENT, 0),
            clipped(tf, recentred(tf, difference, inputScale)));
    var sum = tf.reduceSum(exponentials, last, ReduceSum.keepDims(true));
    // The sum as 1.x times a power of two: its leading zeros in 32 bits.
    var bits = tf.bitcast(tf.dtypes.cast(sum, TFloat64.class), TInt64.class);
    var exponent =
        tf.math.sub(
            tf.bitwise.rightShift(bits, tf.constant((long) DOUBLE_FRACTION_BITS)),
            tf.constant((long) DOUBLE_BIAS));
    var normalized = tf.bitwise.leftShift(sum, tf.math.sub(tf.constant(30L), exponent));
    var fraction =
        tf.bitwise.rightShift(tf.math.add(normalized, tf.constant(1L << 13)), tf.constant(14L));
    var centred = tf.math.sub(fraction, tf.constant((1L << 15) + (1L << 16)));
    var reciprocal = lookup(tf, table(x -> 1 / (1 + x), 0, 1), clipped(tf, centred));
    var half = tf.bitwise.leftShift(tf.constant(1L), tf.math.sub(exponent, tf.constant(1L)));
    var product = tf.math.add(tf.math.mul(exponentials, reciprocal), half);
    var q =
        tf.math.minimum(
            tf.math.maximum(tf.bitwise.rightShift(product, exponent), tf.constant(0L)),
            tf.constant((long) Short.MAX_VALUE));
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), outputScale);
  }

  /** The distances from the largest input in steps of the table's argument. */
  private static Operand<TInt64> recentred(
      Ops tf, Operand<TFloat32> difference, Operand<TFloat32> inputScale) {
    double tableStep = -LOWEST_EXPONENT / CODES;
    var ratio = tf.math.div(tf.dtypes.cast(inputScale, TFloat64.class), tf.constant(tableStep));
    var scaled = IntegerArithmetic.times(tf, tf.dtypes.cast(difference, TFloat64.class), ratio);
    return tf.math.add(tf.dtypes.cast(scaled, TInt64.class), tf.constant((long) Short.MAX_VALUE));
  }

  private static Operand<TInt64> clipped(Ops tf, Operand<TInt64> value) {
    return tf.math.minimum(
        tf.math.maximum(value, tf.constant((long) Short.MIN_VALUE)),
        tf.constant((long) Short.MAX_VALUE));
  }

  private static Operand<TInt64> lookup(Ops tf, long[] table, Operand<TInt64> value) {
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
