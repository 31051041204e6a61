package dev.detent.runtime.internal.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * What TFLite's built-in integer kernels compute where that differs from rounding the real result
 * once, as a fake quantization does. The kernels are the specification's reference; XNNPACK rounds
 * some of these operations otherwise.
 */
final class IntegerArithmetic {

  /**
   * Added before rounding so that a tie that float arithmetic left just below one half still counts
   * as one. Averages of n integers are multiples of 1/n, so nothing else is that near for windows
   * of fewer than 5,000 values.
   */
  private static final float TIE = 1e-4f;

  /** The same for 16 bits, where float arithmetic is wrong by 2^-9; for windows of 64 values. */
  private static final float WIDE_TIE = 0x1p-8f;

  private static final double TWO_TO_MANTISSA_BITS = 0x1p31;
  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final int DOUBLE_BIAS = 1023;

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
    var zeroPoint = nodes.zeroPoint();
    float tie = nodes.range().bits() > Byte.SIZE ? WIDE_TIE : TIE;
    var mean = average.apply(tf.math.add(steps(tf, x, nodes), zeroPoint));
    var rounded =
        tf.math.mul(
            tf.math.sign(mean),
            tf.math.floor(tf.math.add(tf.math.abs(mean), tf.constant(0.5f + tie))));
    return tf.math.mul(tf.math.sub(rounded, zeroPoint), nodes.scale());
  }

  /**
   * The built-in RELU and RELU6 on their own, before their bounds, and QUANTIZE of integers: {@code
   * (q - zeroPoint)} times the ratio of the scales, in fixed point. Exact.
   *
   * @param from the grid of {@code x}
   * @param to the grid of the result, which is not clipped to it yet
   */
  static Operand<TFloat32> rescaled(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    var ratio = tf.math.div(wide(tf, from.scale()), wide(tf, to.scale()));
    var q = FixedPoint.of(tf, ratio, 1).times(tf, steps(tf, x, from), TFloat32.class);
    return tf.math.mul(q, to.scale());
  }

  /** Integers times a positive number in fixed point, rounded to integers. */
  static Operand<TFloat64> times(Ops tf, Operand<TFloat64> integers, Operand<TFloat64> multiplier) {
    return FixedPoint.of(tf, multiplier, 1).times(tf, integers, TFloat64.class);
  }

  /** The built-in SOFTMAX of 16-bit integers. Exact. */
  static Operand<TFloat32> softmax16(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    return WideSoftmax.of(tf, steps(tf, x, from), from.scale(), to.scale());
  }

  /**
   * The built-in int8 MUL: the product of the integers' distances from their zero points, in fixed
   * point (reference/integer_ops/mul.h). Exact.
   *
   * @param from the grid of {@code x}
   * @param y the other factor, on a grid of scale {@code scale}
   * @param to the grid of the result, which is not clipped to it yet
   */
  static Operand<TFloat32> product(
      Ops tf,
      RangeNodes from,
      Operand<TFloat32> x,
      Operand<TFloat32> y,
      Operand<TFloat32> scale,
      RangeNodes to) {
    var multiplier = tf.math.div(tf.math.mul(from.scale(), scale), to.scale());
    var stepsOfY = halfUp(tf, tf.math.div(y, scale), TFloat32.class);
    var product = tf.math.mul(steps(tf, x, from), stepsOfY); // below 2^16, so exact
    var q = FixedPoint.of(tf, wide(tf, multiplier), 1).times(tf, wide(tf, product), TFloat64.class);
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), to.scale());
  }

  /**
   * The built-in int8 MEAN over height and width, or over the steps of a row.
   *
   * <p>With {@code n} values and the axes gone, the integers' distances from the zero point are
   * summed and the multiplier takes the division by {@code n} in (reference/reduce.h). With the
   * axes kept another kernel runs (optimized/integer_ops/mean.h): it sums the integers themselves
   * and rounds the zero point's share by itself, for 8 bits. A row goes the first way always. Both
   * exact for fewer than 2^22 / 255 values.
   *
   * <p>That rounding moves all results alike, by half a step at most. An output scale that makes
   * the share whole, at most 0.25% larger, was tried on the five squeezes of MobileNetV3 and left
   * out: of 5,000 images the file had 0.3 points less right after calibration alone and 0.2 more
   * after training, which is noise.
   *
   * @param from the grid of {@code x}
   * @param to the grid of the result, which is not clipped to it yet
   * @param count how many values one mean is of
   */
  static Operand<TFloat32> meanOfGrid(
      Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x, int count, boolean keepDims) {
    boolean isImage = x.shape().numDimensions() == 4;
    boolean isWide = from.range().bits() > Byte.SIZE;
    var axes = tf.constant(isImage ? new int[] {1, 2} : new int[] {1});
    Operand<TFloat64> mean =
        isWide
            ? tf.math.mean(wide(tf, x), axes, Mean.keepDims(keepDims))
            : wide(tf, tf.math.mean(x, axes, Mean.keepDims(keepDims)));
    var n = tf.constant((float) count);
    // The sum of the distances, an integer but for the rounding of float arithmetic.
    var sum =
        halfUp(
            tf,
            tf.math.div(tf.math.mul(mean, wide(tf, n)), wide(tf, from.scale())),
            TFloat64.class);
    Operand<TFloat64> q;
    if (keepDims && isImage && !isWide) {
      var share = tf.math.div(tf.math.mul(from.zeroPoint(), from.scale()), to.scale());
      var shareRounded = halfAway(tf, share, TFloat32.class);
      var multiplier = tf.math.div(from.scale(), tf.math.mul(n, to.scale()));
      var integers = tf.math.add(sum, tf.math.mul(wide(tf, from.zeroPoint()), wide(tf, n)));
      q =
          tf.math.sub(
              FixedPoint.of(tf, wide(tf, multiplier), 1).times(tf, integers, TFloat64.class),
              wide(tf, shareRounded));
    } else {
      var ratio = tf.math.div(wide(tf, from.scale()), wide(tf, to.scale()));
      q = FixedPoint.of(tf, ratio, count).times(tf, sum, TFloat64.class);
    }
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), to.scale());
  }

  /**
   * RELU_N1_TO_1 as all kernels bound integers: at those next to 1 and -1, rounded half away.
   *
   * @param x on the grid
   */
  static Operand<TFloat32> withinOne(Ops tf, RangeNodes nodes, Operand<TFloat32> x) {
    var steps = halfUp(tf, tf.math.reciprocal(nodes.scale()), TFloat32.class);
    // The bound is 1, however the scale is trained.
    var one = tf.stopGradient(tf.math.mul(steps, nodes.scale()));
    return tf.clipByValue(x, tf.math.neg(one), one);
  }

  /**
   * The built-in int8 BATCH_MATMUL: as MUL, but ruy, which multiplies matrices for it, rounds half
   * up at last (its kernel_avx512.cc and apply_multiplier.cc).
   *
   * @param product the real product of the matrices
   */
  static Operand<TFloat32> matrixProductOfGrids(
      Ops tf, RangeNodes a, RangeNodes b, RangeNodes to, Operand<TFloat32> product) {
    var scale = tf.math.mul(a.scale(), b.scale());
    var q =
        multiplier(tf, scale, to).timesHalfUp(tf, multiples(tf, product, scale), TFloat64.class);
    return tf.math.mul(tf.dtypes.cast(q, TFloat32.class), to.scale());
  }

  private static FixedPoint multiplier(Ops tf, Operand<TFloat32> scale, RangeNodes to) {
    return FixedPoint.of(tf, tf.math.div(wide(tf, scale), wide(tf, to.scale())), 1);
  }

  /** How many times {@code scale} is in {@code x}: an integer but for float arithmetic. */
  private static Operand<TFloat64> multiples(Ops tf, Operand<TFloat32> x, Operand<TFloat32> scale) {
    return halfUp(tf, tf.math.div(wide(tf, x), wide(tf, scale)), TFloat64.class);
  }

  /**
   * The built-in convolutions and dense layers: the product of sum and multiplier is rounded twice.
   * Exact for sums below 2^24. The second rounding is half up in TFLite's matrix library, which
   * computes dense layers and convolutions without groups, and half away from zero elsewhere. The
   * multiplier is computed in double, but for the product of the scales of a dense layer whose
   * kernel has one scale: that is a float (kernels/fully_connected.cc).
   *
   * @param isMatrixProduct whether the matrix library computes it
   * @param isDense whether it is a dense layer
   * @param y the real result, bias included
   * @param input the grid of the layer's input
   * @param kernelScale of each channel or of the tensor
   * @param to the grid of the result, which is not clipped to it yet
   */
  static Operand<TFloat32> requantized(
      Ops tf,
      boolean isMatrixProduct,
      boolean isDense,
      Operand<TFloat32> y,
      RangeNodes input,
      Operand<TFloat32> kernelScale,
      RangeNodes to) {
    var product = tf.math.mul(input.scale(), kernelScale);
    var sums = halfUp(tf, tf.math.div(y, product), TFloat32.class);
    boolean isInFloat = isDense && kernelScale.shape().numDimensions() == 0;
    var ratio =
        tf.math.div(
            isInFloat ? wide(tf, product) : sumScale(tf, input, kernelScale), wide(tf, to.scale()));
    var fixed = FixedPoint.of(tf, ratio, 1);
    var q =
        isMatrixProduct
            ? fixed.timesHalfUp(tf, sums, TFloat32.class)
            : fixed.times(tf, sums, TFloat32.class);
    return tf.math.mul(q, to.scale());
  }

  private static Operand<TFloat64> sumScale(
      Ops tf, RangeNodes input, Operand<TFloat32> kernelScale) {
    return tf.math.mul(wide(tf, input.scale()), wide(tf, kernelScale));
  }

  /**
   * The built-in convolutions with activations of 16 bits: the multiplier is rounded to 15 bits,
   * and the product once, half up ({@code MultiplyByQuantizedMultiplier} of 64-bit sums in
   * kernels/internal/common.cc).
   *
   * @param y the real result, bias included
   * @param input the grid of the layer's input
   * @param kernelScale of each channel or of the tensor
   * @param to the grid of the result, which is not clipped to it yet
   */
  static Operand<TFloat32> requantized16(
      Ops tf, Operand<TFloat32> y, RangeNodes input, Operand<TFloat32> kernelScale, RangeNodes to) {
    var sumScale = sumScale(tf, input, kernelScale);
    var multiplier = FixedPoint.reduced(tf, tf.math.div(sumScale, wide(tf, to.scale())));
    var perStep = tf.dtypes.cast(tf.math.div(multiplier, sumScale), TFloat32.class);
    var q = halfUp(tf, tf.math.mul(y, perStep), TFloat32.class);
    return tf.math.mul(q, to.scale());
  }

  /**
   * A positive multiplier as the kernels hold it, {@code mantissa / 2^31 * 2^exponent} with a
   * mantissa of 31 bits, and gemmlowp's product with two roundings: {@code
   * MultiplyByQuantizedMultiplier} of kernels/internal/common.h.
   *
   * @param first what an integer is multiplied with before the first rounding, half up
   * @param second the power of two, at most 1, between it and the second one, half away from zero
   */
  record FixedPoint(Operand<TFloat64> first, Operand<TFloat64> second) {

    /**
     * The multiplier divided by {@code divisor}, in the integer arithmetic of MEAN.
     *
     * @param multiplier the quotient of two floats, so that its mantissa never rounds up to 1
     */
    static FixedPoint of(Ops tf, Operand<TFloat64> multiplier, int divisor) {
      int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(divisor);
      var exponent = exponentOf(tf, multiplier);
      var mantissa = mantissa(tf, multiplier, exponent);
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
          tf.math.mul(scaled, powerOf2(tf, tf.math.maximum(shifted, zero))),
          powerOf2(tf, tf.math.minimum(shifted, zero)));
    }

    /** The multiplier with a mantissa of 15 bits, which is cut from that of 31. */
    static Operand<TFloat64> reduced(Ops tf, Operand<TFloat64> multiplier) {
      var exponent = exponentOf(tf, multiplier);
      var cut =
          tf.math.div(mantissa(tf, multiplier, exponent), tf.constant((double) (1 << Short.SIZE)));
      var rounded =
          tf.math.minimum(halfUp(tf, cut, TFloat64.class), tf.constant((double) Short.MAX_VALUE));
      var scaled = tf.math.div(rounded, tf.constant((double) (1 << (Short.SIZE - 1))));
      return tf.math.mul(scaled, powerOf2(tf, exponent));
    }

    /** Of a positive {@code x}: the e of {@code x = f * 2^e} with f in [0.5, 1). */
    static Operand<TInt64> exponentOf(Ops tf, Operand<TFloat64> x) {
      var fractionBits = tf.constant((long) DOUBLE_FRACTION_BITS);
      return tf.math.sub(
          tf.bitwise.rightShift(tf.bitcast(x, TInt64.class), fractionBits),
          tf.constant(DOUBLE_BIAS - 1L));
    }

    private static Operand<TFloat64> mantissa(
        Ops tf, Operand<TFloat64> multiplier, Operand<TInt64> exponent) {
      var f = tf.math.mul(multiplier, powerOf2(tf, tf.math.neg(exponent)));
      return halfUp(tf, tf.math.mul(f, tf.constant(TWO_TO_MANTISSA_BITS)), TFloat64.class);
    }

    static Operand<TFloat64> powerOf2(Ops tf, Operand<TInt64> exponent) {
      var biased = tf.math.add(exponent, tf.constant((long) DOUBLE_BIAS));
      return tf.bitcast(
          tf.bitwise.leftShift(biased, tf.constant((long) DOUBLE_FRACTION_BITS)), TFloat64.class);
    }

    /** Integers times the multiplier, rounded to integers. */
    <T extends TNumber> Operand<T> times(Ops tf, Operand<T> integers, Class<T> type) {
      return halfAway(tf, roundedOnce(tf, integers, type), type);
    }

    /** The same with the second rounding half up, too. */
    <T extends TNumber> Operand<T> timesHalfUp(Ops tf, Operand<T> integers, Class<T> type) {
      return halfUp(tf, roundedOnce(tf, integers, type), type);
    }

    private <T extends TNumber> Operand<T> roundedOnce(Ops tf, Operand<T> integers, Class<T> type) {
      var once = halfUp(tf, tf.math.mul(integers, tf.dtypes.cast(first, type)), type);
      return tf.math.mul(once, tf.dtypes.cast(second, type));
    }
  }

  /** How many steps of the grid {@code x} is away from 0: integers. */
  static Operand<TFloat32> steps(Ops tf, Operand<TFloat32> x, RangeNodes nodes) {
    return halfUp(tf, tf.math.div(x, nodes.scale()), TFloat32.class);
  }

  static Operand<TFloat64> wide(Ops tf, Operand<TFloat32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }

  static <T extends TNumber> Operand<T> halfUp(Ops tf, Operand<T> x, Class<T> type) {
    return tf.math.floor(tf.math.add(x, half(tf, type)));
  }

  static <T extends TNumber> Operand<T> halfAway(Ops tf, Operand<T> x, Class<T> type) {
    return tf.math.mul(tf.math.sign(x), halfUp(tf, tf.math.abs(x), type));
  }

  private static <T extends TNumber> Operand<T> half(Ops tf, Class<T> type) {
    return tf.dtypes.cast(tf.constant(0.5), type);
  }
}
