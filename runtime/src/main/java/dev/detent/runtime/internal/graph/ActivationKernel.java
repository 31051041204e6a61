package dev.detent.runtime.internal.graph;

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
final class ActivationKernel extends Kernel {
  /** Of ADD with a constant: its integer. */
  static final int CONSTANT_INTEGER = 127;

  /** Of ADD: one step, with 20 bits more. */
  private static final double ADDITION_UNIT = 0x1p20;

  private static final double HIGHEST_INT16 = Short.MAX_VALUE;
  private static final double TWO_TO_15 = 0x1p15;

  ActivationKernel(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    super(tf, from, to, x);
  }

  /** Of a scale beside that of the result. */
  private FixedPoint ratio(Operand<TFloat32> scale) {
    return fixedPoint(wide(tf.math.div(scale, to.scale())));
  }

  /** LEAKY_RELU (reference/leaky_relu.h). */
  Operand<TFloat32> leakyRelu(float slope) {
    var steep = ratio(from.scale());
    var flat = ratio(tf.math.mul(from.scale(), tf.constant(slope)));
    return lookedUp(
        q -> tf.select(tf.math.greaterEqual(q, tf.constant(0.0)), times(steep, q), times(flat, q)));
  }

  /**
   * PRELU (reference/prelu.h).
   *
   * @param alpha integers, shaped so that they multiply what is read
   * @param alphaScale of them
   */
  Operand<TFloat32> prelu(Operand<TFloat32> alpha, Operand<TFloat32> alphaScale) {
    var steep = ratio(from.scale());
    var flat = ratio(tf.math.mul(from.scale(), alphaScale));
    var q = steps();
    var result =
        tf.select(
            tf.math.greaterEqual(q, tf.constant(0f)),
            times(steep, wide(q)),
            times(flat, wide(tf.math.mul(q, alpha))));
    return real(narrow(result));
  }

  /**
   * ADD with a constant of one value, whose integer is 127 and whose zero point is 0
   * (reference/integer_ops/add.h): both are brought to half a common scale with 20 more bits.
   */
  Operand<TFloat32> plus(double constant) {
    var constantScale = tf.constant((float) Math.abs(constant) / CONSTANT_INTEGER);
    var larger = tf.math.maximum(from.scale(), constantScale);
    var common = wide(tf.math.mul(larger, tf.constant(2f)));
    var ofValues = fixedPoint(tf.math.div(wide(from.scale()), common));
    var ofConstant = fixedPoint(tf.math.div(wide(constantScale), common));
    var unit = tf.math.mul(wide(to.scale()), tf.constant(ADDITION_UNIT));
    var ofSum = fixedPoint(tf.math.div(common, unit));
    var summand =
        times(ofConstant, tf.constant(Math.signum(constant) * CONSTANT_INTEGER * ADDITION_UNIT));
    return lookedUp(
        q -> {
          var fine = tf.math.mul(q, tf.constant(ADDITION_UNIT));
          return times(ofSum, tf.math.add(times(ofValues, fine), summand));
        });
  }

  /** MUL with a constant of one value, whose integer is 1 or -1 and whose zero point is 0. */
  Operand<TFloat32> multipliedBy(double constant) {
    var multiplier = ratio(tf.math.mul(from.scale(), tf.constant((float) Math.abs(constant))));
    return lookedUp(q -> times(multiplier, tf.math.mul(q, tf.constant(Math.signum(constant)))));
  }

  /**
   * HARD_SWISH (reference/hard_swish.h): a value in 16 bits, times a second one that is 0 at -3 and
   * almost 1 at 3.
   */
  Operand<TFloat32> hardSwish() {
    var fine = tf.math.mul(from.scale(), tf.constant(1f / 128));
    var toOutput = multiplier16(tf.math.div(fine, to.scale()));
    var toGate = multiplier16(tf.math.div(fine, tf.constant(3f / 32768)));
    var zero = tf.constant(0L);
    var one = tf.constant(1L);
    var lastLeft = powerOf2(tf.math.maximum(tf.math.minimum(toGate.exponent, one), zero));
    var leftButOne = powerOf2(tf.math.maximum(tf.math.sub(toGate.exponent, one), zero));
    var right = powerOf2(tf.math.minimum(toGate.exponent, zero));
    return lookedUp(
        q -> {
          var value = tf.math.mul(q, tf.constant(128.0));
          var output = times(toOutput, value);
          var gate = times(toGate, saturated(tf.math.mul(value, leftButOne)));
          gate = saturated(tf.math.mul(gate, lastLeft));
          gate = halfAway(tf.math.mul(gate, right));
          gate =
              tf.math.floor(
                  tf.math.mul(tf.math.add(gate, tf.constant(TWO_TO_15)), tf.constant(0.5)));
          var product = towardsZero(tf.math.mul(gate, tf.math.mul(output, tf.constant(0x1p-15))));
          return halfAway(tf.math.mul(product, powerOf2(toOutput.exponent)));
        });
  }

  /** A multiplier of 16 bits, {@code mantissa / 2^15 * 2^exponent}. */
  private record Multiplier16(Operand<TFloat64> mantissa, Operand<TInt64> exponent) {}

  private Multiplier16 multiplier16(Operand<TFloat32> multiplier) {
    var wide = wide(multiplier);
    var exponent = exponentOf(wide);
    var fraction = tf.math.mul(wide, powerOf2(tf.math.neg(exponent)));
    // A float's 24 bits are exact in the 31 that the kernel rounds to first.
    var mantissa =
        tf.math.minimum(
            halfUp(tf.math.mul(fraction, tf.constant(TWO_TO_15))), tf.constant(HIGHEST_INT16));
    return new Multiplier16(mantissa, exponent);
  }

  /** Without the exponent. */
  private Operand<TFloat64> times(Multiplier16 multiplier, Operand<TFloat64> q) {
    var scaled = tf.math.mul(multiplier.mantissa, tf.constant(0x1p-15));
    return halfUp(tf.math.mul(q, scaled));
  }

  private Operand<TFloat64> saturated(Operand<TFloat64> q) {
    return clipped(q, tf.constant(-TWO_TO_15), tf.constant(HIGHEST_INT16));
  }

  private Operand<TFloat64> towardsZero(Operand<TFloat64> q) {
    return tf.math.mul(tf.math.sign(q), tf.math.floor(tf.math.abs(q)));
  }

  /**
   * L2_NORMALIZATION (reference/integer_ops/l2normalization.h) to steps of 1/128: the inverse
   * square root has 28 bits after the point and is shifted by pairs of bits, so that the product is
   * rounded twice only where the sum of squares is above 2^21.
   */
  Operand<TFloat32> l2Normalized() {
    var q = wide(steps());
    var sum = tf.reduceSum(tf.math.mul(q, q), tf.constant(-1), ReduceSum.keepDims(true));
    var squares = tf.math.maximum(sum, tf.constant(1.0));
    // squares is in [2^bits, 2^(bits + 1))
    var bits = tf.math.sub(exponentOf(squares), tf.constant(1L));
    var pairs = tf.math.floorDiv(tf.math.sub(tf.constant(30L), bits), tf.constant(2L));
    var shift = tf.math.maximum(tf.math.sub(tf.constant(5L), pairs), tf.constant(0L));
    var inverse = tf.math.div(tf.constant(128.0), tf.math.sqrt(squares));
    var once = halfUp(tf.math.mul(q, tf.math.mul(inverse, powerOf2(shift))));
    var twice = halfAway(tf.math.mul(once, powerOf2(tf.math.neg(shift))));
    return real(narrow(twice));
  }

  /**
   * A function of single integers.
   *
   * @param kernel from distances from the zero point of what is read to those from that of the
   *     result
   */
  private Operand<TFloat32> lookedUp(UnaryOperator<Operand<TFloat64>> kernel) {
    int lowest = from.range().lowest();
    float[] integers = new float[1 << from.range().bits()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = i + lowest;
    }
    var distances = tf.math.sub(tf.constant(integers), from.zeroPoint());
    var table = real(narrow(kernel.apply(wide(distances))));
    var offset = tf.math.sub(from.zeroPoint(), tf.constant((float) lowest));
    Operand<TInt32> index = tf.dtypes.cast(tf.math.add(steps(), offset), TInt32.class);
    // Of what is no number, as when training diverges, there is no integer either.
    var inside = clipped(index, tf.constant(0), tf.constant(integers.length - 1));
    return tf.gather(table, inside, tf.constant(0));
  }
}
