package dev.detent.runtime.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * TFLite's built-in int8 MUL (kernels/internal/reference/integer_ops/mul.h): the product of the
 * integers' distances from their zero points times a multiplier in fixed point, with the two
 * roundings of {@link IntegerArithmetic.FixedPoint}. Exact.
 */
final class ProductArithmetic {
  private ProductArithmetic() {}

  /**
   * A product of two tensors, not clipped to its grid yet.
   *
   * @param first the grid of {@code a}
   * @param second the grid of {@code b}
   * @param to the grid of the result
   */
  static Operand<TFloat32> product(
      Ops tf,
      RangeNodes first,
      RangeNodes second,
      RangeNodes to,
      Operand<TFloat32> a,
      Operand<TFloat32> b) {
    var steps =
        tf.math.mul(IntegerArithmetic.steps(tf, a, first), IntegerArithmetic.steps(tf, b, second));
    return rescaled(tf, steps, tf.math.mul(first.scale(), second.scale()), to);
  }

  /** The kernel works out the multiplier in float. */
  private static Operand<TFloat32> rescaled(
      Ops tf, Operand<TFloat32> steps, Operand<TFloat32> scale, RangeNodes to) {
    var multiplier = IntegerArithmetic.wide(tf, tf.math.div(scale, to.scale()));
    var q =
        IntegerArithmetic.FixedPoint.of(tf, multiplier, 1)
            .times(tf, IntegerArithmetic.wide(tf, steps), TFloat64.class);
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), to.scale());
  }
}
