package dev.detent.runtime.internal.graph;

import static dev.detent.runtime.internal.graph.IntegerArithmetic.halfAway;
import static dev.detent.runtime.internal.graph.IntegerArithmetic.halfUp;
import static dev.detent.runtime.internal.graph.IntegerArithmetic.steps;
import static dev.detent.runtime.internal.graph.IntegerArithmetic.wide;

import dev.detent.runtime.internal.graph.IntegerArithmetic.FixedPoint;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What TFLite's built-in int8 kernels compute for activations that are not in a table there, before
 * the bounds of int8: the same fixed point, in floating point that is exact for it.
 *
 * <p>A function of one value is computed once for each of the integers that the value may be, and
 * looked up.
 */
final class ActivationKernels {
  /** Of ADD with a constant: its integer. */
  static final int CONSTANT_INTEGER = 127;

  /** Of ADD: one step, with 20 bits more. */
  private static final double ADDITION_UNIT = 0x1p20;

  private static final double HIGHEST_INT16 = Short.MAX_VALUE;
  private static final double TWO_TO_15 = 0x1p15;

  private ActivationKernels() {}

  /** LEAKY_RELU (reference/leaky_relu.h). */
  static Operand<TFloat32> leakyRelu(
      Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x, float slope) {
    var steep = FixedPoint.of(tf, wide(tf, tf.math.div(from.scale(), to.scale())), 1);
    var sloped = tf.math.mul(from.scale(), tf.constant(slope));
    var flat = FixedPoint.of(tf, wide(tf, tf.math.div(sloped, to.scale())), 1);
    return lookedUp(
        tf,
        from,
        to,
        x,
        q ->
            tf.select(
                tf.math.greaterEqual(q, tf.constant(0.0)),
                steep.times(tf, q, TFloat64.class),
                flat.times(tf, q, TFloat64.class)));
  }

  /**
   * PRELU (reference/prelu.h).
   *
   * @param alpha integers, shaped so that they multiply {@code x}
   * @param alphaScale of them
   */
  static Operand<TFloat32> prelu(
      Ops tf,
      RangeNodes from,
      RangeNodes to,
      Operand<TFloat32> x,
      Operand<TFloat32> alpha,
      Operand<TFloat32> alphaScale) {
    var steep = FixedPoint.of(tf, wide(tf, tf.math.div(from.scale(), to.scale())), 1);
    var sloped = tf.math.mul(from.scale(), alphaScale);
    var flat = FixedPoint.of(tf, wide(tf, tf.math.div(sloped, to.scale())), 1);
    var q = steps(tf, x, from);
    var result =
        tf.select(
            tf.math.greaterEqual(q, tf.constant(0f)),
            steep.times(tf, wide(tf, q), TFloat64.class),
            flat.times(tf, wide(tf, tf.math.mul(q, alpha)), TFloat64.class));
    return tf.math.mul(tf.dtypes.cast(result, TFloat32.class), to.scale());
  }

  /**
   * ADD with a constant of one value, whose integer is 127 and whose zero point is 0
   * (reference/integer_ops/add.h): both are brought to half a common scale with 20 more bits.
   */
  static Operand<TFloat32> plus(
      Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x, double constant) {
    var constantScale = tf.constant((float) Math.abs(constant) / CONSTANT_INTEGER);
    var common =
        wide(tf, tf.math.mul(tf.math.maximum(from.scale(), constantScale), tf.constant(2f)));
    var ofValues = FixedPoint.of(tf, tf.math.div(wide(tf, from.scale()), common), 1);
    var ofConstant = FixedPoint.of(tf, tf.math.div(wide(tf, constantScale), common), 1);
    var ofSum =
        FixedPoint.of(
            tf,
            tf.math.div(common, tf.math.mul(wide(tf, to.scale()), tf.constant(ADDITION_UNIT))),
            1);
    var summand =
        ofConstant.times(
            tf,
            tf.constant(Math.signum(constant) * CONSTANT_INTEGER * ADDITION_UNIT),
            TFloat64.class);
    return lookedUp(
        tf,
        from,
        to,
        x,
        q -> {
          var fine = tf.math.mul(q, tf.constant(ADDITION_UNIT));
          var sum = tf.math.add(ofValues.times(tf, fine, TFloat64.class), summand);
          return ofSum.times(tf, sum, TFloat64.class);
        });
  }

  /** MUL with a constant of one value, whose integer is 1 or -1 and whose zero point is 0. */
  static Operand<TFloat32> multipliedBy(
      Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x, double constant) {
    var product = tf.math.mul(from.scale(), tf.constant((float) Math.abs(constant)));
    var multiplier = FixedPoint.of(tf, wide(tf, tf.math.div(product, to.scale())), 1);
    return lookedUp(
        tf,
        from,
        to,
        x,
        q ->
            multiplier.times(
                tf, tf.math.mul(q, tf.constant(Math.signum(constant))), TFloat64.class));
  }

  /**
   * HARD_SWISH (reference/hard_swish.h): a value in 16 bits, times a second one that is 0 at -3 and
   * almost 1 at 3.
   */
  static Operand<TFloat32> hardSwish(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    var fine = tf.math.mul(from.scale(), tf.constant(1f / 128));
    var toOutput = Multiplier16.of(tf, tf.math.div(fine, to.scale()));
    var toGate = Multiplier16.of(tf, tf.math.div(fine, tf.constant(3f / 32768)));
    var zero = tf.constant(0L);
    var one = tf.constant(1L);
    var isLeft = tf.math.maximum(tf.math.minimum(toGate.exponent, one), zero);
    var leftButOne =
        FixedPoint.powerOf2(tf, tf.math.maximum(tf.math.sub(toGate.exponent, one), zero));
    var lastLeft = FixedPoint.powerOf2(tf, isLeft);
    var right = FixedPoint.powerOf2(tf, tf.math.minimum(toGate.exponent, zero));
    return lookedUp(
        tf,
        from,
        to,
        x,
        q -> {
          var value = tf.math.mul(q, tf.constant(128.0));
          var output = toOutput.times(tf, value);
          var gate = toGate.times(tf, saturated(tf, tf.math.mul(value, leftButOne)));
          gate = saturated(tf, tf.math.mul(gate, lastLeft));
          gate = halfAway(tf, tf.math.mul(gate, right), TFloat64.class);
          gate =
              tf.math.floor(
                  tf.math.mul(tf.math.add(gate, tf.constant(TWO_TO_15)), tf.constant(0.5)));
          var product =
              towardsZero(tf, tf.math.mul(gate, tf.math.mul(output, tf.constant(0x1p-15))));
          return halfAway(
              tf, tf.math.mul(product, FixedPoint.powerOf2(tf, toOutput.exponent)), TFloat64.class);
        });
  }

  /** A multiplier of 16 bits, {@code mantissa / 2^15 * 2^exponent}. */
  private record Multiplier16(Operand<TFloat64> mantissa, Operand<TInt64> exponent) {

    static Multiplier16 of(Ops tf, Operand<TFloat32> multiplier) {
      var wide = wide(tf, multiplier);
      var exponent = FixedPoint.exponentOf(tf, wide);
      var fraction = tf.math.mul(wide, FixedPoint.powerOf2(tf, tf.math.neg(exponent)));
      // A float's 24 bits are exact in the 31 that the kernel rounds to first.
      var mantissa =
          tf.math.minimum(
              halfUp(tf, tf.math.mul(fraction, tf.constant(TWO_TO_15)), TFloat64.class),
              tf.constant(HIGHEST_INT16));
      return new Multiplier16(mantissa, exponent);
    }

    /** Without the exponent. */
    Operand<TFloat64> times(Ops tf, Operand<TFloat64> q) {
      var scaled = tf.math.mul(mantissa, tf.constant(0x1p-15));
      return halfUp(tf, tf.math.mul(q, scaled), TFloat64.class);
    }
  }

  private static Operand<TFloat64> saturated(Ops tf, Operand<TFloat64> q) {
    return tf.math.minimum(tf.math.maximum(q, tf.constant(-TWO_TO_15)), tf.constant(HIGHEST_INT16));
  }

  private static Operand<TFloat64> towardsZero(Ops tf, Operand<TFloat64> q) {
    return tf.math.mul(tf.math.sign(q), tf.math.floor(tf.math.abs(q)));
  }

  /**
   * L2_NORMALIZATION (reference/integer_ops/l2normalization.h) to steps of 1/128: the inverse
   * square root has 28 bits behind the point and is shifted by pairs of bits, so that the product
   * is rounded twice only where the sum of squares is above 2^21.
   */
  static Operand<TFloat32> l2Normalized(
      Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    var q = wide(tf, steps(tf, x, from));
    var squares =
        tf.math.maximum(
            tf.reduceSum(tf.math.mul(q, q), tf.constant(-1), ReduceSum.keepDims(true)),
            tf.constant(1.0));
    // squares is in [2^bits, 2^(bits + 1))
    var bits = tf.math.sub(FixedPoint.exponentOf(tf, squares), tf.constant(1L));
    var pairs = tf.math.floorDiv(tf.math.sub(tf.constant(30L), bits), tf.constant(2L));
    var shift = tf.math.maximum(tf.math.sub(tf.constant(5L), pairs), tf.constant(0L));
    var inverse = tf.math.div(tf.constant(128.0), tf.math.sqrt(squares));
    var once =
        halfUp(
            tf,
            tf.math.mul(q, tf.math.mul(inverse, FixedPoint.powerOf2(tf, shift))),
            TFloat64.class);
    var twice =
        halfAway(
            tf, tf.math.mul(once, FixedPoint.powerOf2(tf, tf.math.neg(shift))), TFloat64.class);
    return tf.math.mul(tf.dtypes.cast(twice, TFloat32.class), to.scale());
  }

  /**
   * A function of single integers.
   *
   * @param kernel from distances from the zero point of {@code from} to those from the zero point
   *     of {@code to}
   */
  private static Operand<TFloat32> lookedUp(
      Ops tf,
      RangeNodes from,
      RangeNodes to,
      Operand<TFloat32> x,
      UnaryOperator<Operand<TFloat64>> kernel) {
    float[] integers = new float[1 << from.range().bits()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = i + from.range().lowest();
    }
    var distances = tf.math.sub(tf.constant(integers), from.zeroPoint());
    var results = tf.dtypes.cast(kernel.apply(wide(tf, distances)), TFloat32.class);
    var table = tf.math.mul(results, to.scale());
    var offset = tf.math.sub(from.zeroPoint(), tf.constant((float) from.range().lowest()));
    var index = tf.dtypes.cast(tf.math.add(steps(tf, x, from), offset), TInt32.class);
    // Of what is no number, as when training diverges, there is no integer either.
    var inside =
        tf.math.minimum(tf.math.maximum(index, tf.constant(0)), tf.constant(integers.length - 1));
    return tf.gather(table, inside, tf.constant(0));
  }
}
