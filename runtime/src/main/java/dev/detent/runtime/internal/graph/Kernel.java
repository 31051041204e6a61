package dev.detent.runtime.internal.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * What TFLite's built-in integer kernels compute where that differs from rounding the real result
 * once, as a fake quantization does. The kernels are the specification's reference; XNNPACK rounds
 * some of these operations otherwise. No result is clipped to the output's grid yet.
 */
class Kernel extends IntegerArithmetic {

  /**
   * Added before rounding so that a tie that float arithmetic left just below one half still counts
   * as one. Averages of n integers are multiples of 1/n, so nothing else is that near for windows
   * of fewer than 5,000 values.
   */
  private static final float TIE = 1e-4f;

  /** The same for 16 bits, where float arithmetic is wrong by 2^-9; for windows of 64 values. */
  private static final float WIDE_TIE = 0x1p-8f;

  /** The grid of what is read. */
  final RangeNodes from;

  /** The grid of the result. */
  final RangeNodes to;

  /** What is read, on its grid; of what multiplies and adds up, the real result. */
  final Operand<TFloat32> x;

  Kernel(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x) {
    super(tf);
    this.from = from;
    this.to = to;
    this.x = x;
  }

  /** The integers of what is read, counted from the zero point. */
  final Operand<TFloat32> steps() {
    return steps(x, from);
  }

  /** What integers of the result stand for, counted from the zero point. */
  final Operand<TFloat32> real(Operand<TFloat32> steps) {
    return tf.math.mul(steps, to.scale());
  }

  private FixedPoint ratio(Operand<TFloat64> scale, int divisor) {
    return fixedPoint(tf.math.div(scale, wide(to.scale())), divisor);
  }

  /**
   * The built-in int8 AVERAGE_POOL_2D, whose output has the grid of its input: the mean of the
   * integers, rounded half away from zero.
   *
   * @param average the pooling itself
   */
  Operand<TFloat32> averaged(UnaryOperator<Operand<TFloat32>> average) {
    float tie = to.range().bits() > Byte.SIZE ? WIDE_TIE : TIE;
    var mean = average.apply(tf.math.add(steps(), to.zeroPoint()));
    var rounded =
        tf.math.mul(
            tf.math.sign(mean),
            tf.math.floor(tf.math.add(tf.math.abs(mean), tf.constant(0.5f + tie))));
    return real(tf.math.sub(rounded, to.zeroPoint()));
  }

  /**
   * The built-in RELU and RELU6 on their own, before their bounds, and QUANTIZE of integers: {@code
   * (q - zeroPoint)} times the ratio of the scales, in fixed point. Exact. No kernel widens
   * integers, so there the deployed model goes by real numbers.
   */
  Operand<TFloat32> rescaled() {
    return from.range().bits() < to.range().bits()
        ? x
        : real(times(ratio(wide(from.scale()), 1), steps()));
  }

  /**
   * The built-in int8 MUL: the product of the integers' distances from their zero points, in fixed
   * point (reference/integer_ops/mul.h). Exact.
   *
   * @param y the other factor, on a grid of scale {@code scale}
   */
  Operand<TFloat32> product(Operand<TFloat32> y, Operand<TFloat32> scale) {
    var multiplier = tf.math.div(tf.math.mul(from.scale(), scale), to.scale());
    var stepsOfY = halfUp(tf.math.div(y, scale));
    var product = tf.math.mul(steps(), stepsOfY); // below 2^16, so exact
    return real(narrow(times(fixedPoint(wide(multiplier)), wide(product))));
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
   * @param count how many values one mean is of
   */
  Operand<TFloat32> meanOfChannels(int count, boolean keepDims) {
    boolean isImage = x.shape().numDimensions() == 4;
    boolean isWide = from.range().bits() > Byte.SIZE;
    var axes = tf.constant(isImage ? new int[] {1, 2} : new int[] {1});
    Operand<TFloat64> mean =
        isWide
            ? tf.math.mean(wide(x), axes, Mean.keepDims(keepDims))
            : wide(tf.math.mean(x, axes, Mean.keepDims(keepDims)));
    var n = tf.constant((float) count);
    // The sum of the distances, an integer but for the rounding of float arithmetic.
    var sum = halfUp(tf.math.div(tf.math.mul(mean, wide(n)), wide(from.scale())));
    if (!keepDims || !isImage || isWide) {
      return real(narrow(times(ratio(wide(from.scale()), count), sum)));
    }
    var share = tf.math.div(tf.math.mul(from.zeroPoint(), from.scale()), to.scale());
    var shareRounded = halfAway(share);
    var multiplier = tf.math.div(from.scale(), tf.math.mul(n, to.scale()));
    var integers = tf.math.add(sum, tf.math.mul(wide(from.zeroPoint()), wide(n)));
    var q = tf.math.sub(times(fixedPoint(wide(multiplier)), integers), wide(shareRounded));
    return real(narrow(q));
  }

  /**
   * The built-in int8 MEAN over any axes (kernels/internal/optimized/reduce.h): the sums of the
   * integers' distances from the zero point times a multiplier in fixed point, which takes the
   * division by {@code count} in. Exact for fewer than 2^24 / 255 values.
   *
   * @param axes counted with the batch
   * @param count how many values one mean is of
   */
  Operand<TFloat32> mean(int[] axes, int count, boolean keepDims) {
    var sum = tf.reduceSum(wide(steps()), tf.constant(axes), ReduceSum.keepDims(keepDims));
    return real(narrow(times(ratio(wide(from.scale()), count), sum)));
  }

  /**
   * The built-in int8 SUM over any axes: the sums of the integers times the ratio of the scales,
   * less the zero point's share, all in float and rounded once, half away from zero. Exact for
   * fewer than 2^24 / 255 values.
   *
   * @param axes counted with the batch
   * @param count how many values one sum is of
   */
  Operand<TFloat32> sum(int[] axes, int count, boolean keepDims) {
    var integers = tf.math.add(steps(), from.zeroPoint());
    var sum = tf.reduceSum(integers, tf.constant(axes), ReduceSum.keepDims(keepDims));
    var ratio = tf.math.div(from.scale(), to.scale());
    var share = tf.math.mul(tf.math.mul(from.zeroPoint(), ratio), tf.constant((float) count));
    return real(halfAway(tf.math.sub(tf.math.mul(sum, ratio), share)));
  }

  /**
   * The built-in int8 BATCH_MATMUL: as MUL, but ruy, which multiplies matrices for it, rounds half
   * up at last (its kernel_avx512.cc and apply_multiplier.cc).
   *
   * @param b the grid of the other matrix
   */
  Operand<TFloat32> matrixProduct(RangeNodes b) {
    var scale = tf.math.mul(from.scale(), b.scale());
    var sums = halfUp(tf.math.div(wide(x), wide(scale))); // integers but for float arithmetic
    return real(narrow(timesHalfUp(ratio(wide(scale), 1), sums)));
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
   * @param kernelScale of each channel or of the tensor
   */
  Operand<TFloat32> weighted(
      boolean isMatrixProduct, boolean isDense, Operand<TFloat32> kernelScale) {
    var product = tf.math.mul(from.scale(), kernelScale);
    var sums = halfUp(tf.math.div(x, product));
    boolean isInFloat = isDense && kernelScale.shape().numDimensions() == 0;
    var multiplier = ratio(isInFloat ? wide(product) : sumScale(kernelScale), 1);
    return real(isMatrixProduct ? timesHalfUp(multiplier, sums) : times(multiplier, sums));
  }

  private Operand<TFloat64> sumScale(Operand<TFloat32> kernelScale) {
    return tf.math.mul(wide(from.scale()), wide(kernelScale));
  }

  /**
   * The built-in convolutions with activations of 16 bits: the multiplier is rounded to 15 bits,
   * and the product once, half up ({@code MultiplyByQuantizedMultiplier} of 64-bit sums in
   * kernels/internal/common.cc).
   *
   * @param kernelScale of each channel or of the tensor
   */
  Operand<TFloat32> weighted16(Operand<TFloat32> kernelScale) {
    var sumScale = sumScale(kernelScale);
    var multiplier = reduced(tf.math.div(sumScale, wide(to.scale())));
    return real(halfUp(tf.math.mul(x, narrow(tf.math.div(multiplier, sumScale)))));
  }
}
