package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How small the scale of an output may be, given the scales of what its operation reads: the
 * kernels hold the quotient of both as an integer, and from some size on they compute wrongly or
 * end the process. Long before that a smaller scale is of no use: a step of what is read is wider
 * than all that the output can hold.
 *
 * @param isProduct whether the kernel goes by the product of the scales, not by the largest
 * @param constant another scale that is read, the same always; 0 or 1 for none
 * @param ratio how many of the output's steps may be in one step of what is read
 * @param inputs what is read, all on grids
 */
record ScaleLimit(boolean isProduct, double constant, double ratio, List<LayerTensor> inputs) {
  /** XNNPACK takes fewer than 256 in sums, in products and where there are weights. */
  private static final double LARGEST_RATIO = 255;

  /** The sum of a product of matrices has some bits more, for which 31 must do. */
  private static final double LARGEST_OF_MATRICES = 127;

  /** HARD_SWISH takes fewer than 128. */
  private static final double LARGEST_OF_HARD_SWISH = 127;

  /** A distance of 8 bits, and a factor of a PRELU besides, in 31 bits. */
  private static final double LARGEST_RESCALING = 1 << 13;

  /**
   * Beside a bound such as 6 an output is of use where nearly all its values are at the bound, so
   * that only what the kernels cannot hold is kept from it: ADD brings what it reads to half a
   * common scale with 20 more bits, or 15 for values of 16 bits.
   */
  private static final double LARGEST_OF_BOUNDED_SUM = 1 << 18;

  private static final double LARGEST_OF_BOUNDED_WIDE_SUM = 1 << 13;

  private static final int MOST_OF_MEAN = 1 << 20;

  /** Of ADD and SUB. */
  static ScaleLimit sum(Activation activation, LayerTensor... inputs) {
    return sumWith(0, activation, inputs);
  }

  /** Of ADD with a constant of that scale. */
  static ScaleLimit sumWith(double constant, Activation activation, LayerTensor... inputs) {
    boolean isWide = inputs[0].range() != null && inputs[0].range().bits() > Byte.SIZE;
    double ratio =
        isUnbounded(activation)
            ? LARGEST_RATIO
            : isWide ? LARGEST_OF_BOUNDED_WIDE_SUM : LARGEST_OF_BOUNDED_SUM;
    return new ScaleLimit(false, constant, ratio, List.of(inputs));
  }

  /** Of MUL. */
  static ScaleLimit product(Activation activation, LayerTensor... inputs) {
    return productWith(1, activation, inputs);
  }

  /** Of MUL with a constant of that scale. */
  static ScaleLimit productWith(double constant, Activation activation, LayerTensor... inputs) {
    double ratio = isUnbounded(activation) ? LARGEST_RATIO : LARGEST_RESCALING;
    return new ScaleLimit(true, constant, ratio, List.of(inputs));
  }

  /** Of BATCH_MATMUL. */
  static ScaleLimit matrixProduct(LayerTensor a, LayerTensor b) {
    return new ScaleLimit(true, 1, LARGEST_OF_MATRICES, List.of(a, b));
  }

  /** Of MEAN, whose result is in steps of the input's divided by {@code count}. */
  static ScaleLimit mean(int count, LayerTensor x) {
    return new ScaleLimit(
        false, 0, Math.min(LARGEST_OF_MATRICES * count, MOST_OF_MEAN), List.of(x));
  }

  /** Of SUM. */
  static ScaleLimit total(LayerTensor x) {
    return new ScaleLimit(false, 0, LARGEST_OF_MATRICES, List.of(x));
  }

  /** Of HARD_SWISH. */
  static ScaleLimit hardSwish(LayerTensor x) {
    return new ScaleLimit(false, 0, LARGEST_OF_HARD_SWISH, List.of(x));
  }

  /** Of what brings integers to another scale. */
  static ScaleLimit rescaling(LayerTensor x) {
    return new ScaleLimit(false, 0, LARGEST_RESCALING, List.of(x));
  }

  /** Of a layer with weights: the smallest scale, given that of what is read and the weights'. */
  static Operand<TFloat32> ofWeights(Ops tf, Operand<TFloat32> input, Operand<TFloat32> weights) {
    var largest =
        weights.shape().numDimensions() == 0 ? weights : tf.reduceMax(weights, tf.constant(0));
    return tf.math.mul(tf.math.mul(input, largest), tf.constant((float) (1 / LARGEST_RATIO)));
  }

  private static boolean isUnbounded(Activation activation) {
    return activation == Activation.NONE || activation == Activation.RELU;
  }

  /** Whether there is something to keep: integers on both sides. */
  boolean isOfIntegers() {
    return inputs.stream().allMatch(input -> input.range() != null);
  }

  /** The smallest scale, given those of what is read; null if none of them is known. */
  Operand<TFloat32> smallest(Ops tf, List<Operand<TFloat32>> scales) {
    Operand<TFloat32> all = null;
    for (Operand<TFloat32> scale : scales) {
      all = all == null ? scale : isProduct ? tf.math.mul(all, scale) : tf.math.maximum(all, scale);
    }
    if (all == null) {
      return null;
    }
    if (isProduct) {
      return tf.math.mul(all, tf.constant((float) (constant / ratio)));
    }
    var perStep = tf.math.mul(all, tf.constant((float) (1 / ratio)));
    return constant == 0
        ? perStep
        : tf.math.maximum(perStep, tf.constant((float) (constant / ratio)));
  }
}
