package dev.detent.runtime.internal.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * TFLite's built-in int8 MEAN and SUM over any axes (kernels/internal/optimized/reduce.h). The two
 * round each in its own way. Exact for fewer than 2^24 / 255 values.
 */
final class ReductionArithmetic {
  private ReductionArithmetic() {}

  /**
   * The sums of the integers times the ratio of the scales, less the zero point's share, all in
   * float and rounded once, half away from zero: not clipped to the grid of the result yet.
   *
   * @param from the grid of {@code x}
   * @param to the grid of the result
   * @param axes counted with the batch
   * @param count how many values one sum is of
   */
  static Operand<TFloat32> sum(
      Ops tf,
      RangeNodes from,
      RangeNodes to,
      Operand<TFloat32> x,
      int[] axes,
      int count,
      boolean keepDims) {
    var zeroPoint = from.zeroPoint();
    var integers = tf.math.add(IntegerArithmetic.steps(tf, x, from), zeroPoint);
    var sum = tf.reduceSum(integers, tf.constant(axes), ReduceSum.keepDims(keepDims));
    var ratio = tf.math.div(from.scale(), to.scale());
    var share = tf.math.mul(tf.math.mul(zeroPoint, ratio), tf.constant((float) count));
    var q =
        IntegerArithmetic.halfAway(tf, tf.math.sub(tf.math.mul(sum, ratio), share), TFloat32.class);
    return tf.math.mul(q, to.scale());
  }

  /**
   * The sums of the integers' distances from the zero point times a multiplier in fixed point,
   * which takes the division by {@code count} in, with the two roundings of {@link
   * IntegerArithmetic.FixedPoint}: not clipped to the grid of the result yet.
   *
   * @param from the grid of {@code x}
   * @param to the grid of the result
   * @param axes counted with the batch
   * @param count how many values one mean is of
   */
  static Operand<TFloat32> mean(
      Ops tf,
      RangeNodes from,
      RangeNodes to,
      Operand<TFloat32> x,
      int[] axes,
      int count,
      boolean keepDims) {
    var steps = IntegerArithmetic.wide(tf, IntegerArithmetic.steps(tf, x, from));
    var sum = tf.reduceSum(steps, tf.constant(axes), ReduceSum.keepDims(keepDims));
    var ratio =
        tf.math.div(
            IntegerArithmetic.wide(tf, from.scale()), IntegerArithmetic.wide(tf, to.scale()));
    var q = IntegerArithmetic.FixedPoint.of(tf, ratio, count).times(tf, sum, TFloat64.class);
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), to.scale());
  }
}
