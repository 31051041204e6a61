package dev.detent.runtime.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What TFLite's integer kernels compute where that differs from rounding the real result. */
final class IntegerArithmetic {

  /**
   * Added before rounding so that a tie that float arithmetic left just below one half still counts
   * as one. Averages of n integers are multiples of 1/n, so nothing else is that near for windows
   * of fewer than 5,000 values.
   */
  private static final float TIE = 1e-4f;

  private IntegerArithmetic() {}

  /**
   * The built-in int8 AVERAGE_POOL_2D: the mean of the integers, rounded half away from zero.
   *
   * @param nodes the grid that input and output share
   * @param average the pooling itself
   * @param x on the grid
   */
  static Operand<TFloat32> averageOfGrid(
      Ops tf, RangeNodes nodes, UnaryOperator<Operand<TFloat32>> average, Operand<TFloat32> x) {
    var half = tf.constant(0.5f);
    var zeroPoint = nodes.zeroPoint();
    var steps = tf.math.floor(tf.math.add(tf.math.div(x, nodes.scale()), half));
    var mean = average.apply(tf.math.add(steps, zeroPoint));
    var rounded =
        tf.math.mul(
            tf.math.sign(mean),
            tf.math.floor(tf.math.add(tf.math.abs(mean), tf.constant(0.5f + TIE))));
    return tf.math.mul(tf.math.sub(rounded, zeroPoint), nodes.scale());
  }
}
