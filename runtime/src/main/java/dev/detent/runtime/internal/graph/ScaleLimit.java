package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
record ScaleLimit(boolean isProduct, double constant, double ratio, List<Tensor> inputs) {
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

  /**
   * The limits of each range of a model, by its name: of all operations that write it.
   *
   * @param isInteger whether a tensor is on a grid when the model is quantized
   */
  static Map<String, List<ScaleLimit>> of(Network network, Predicate<Tensor> isInteger) {
    Map<String, List<ScaleLimit>> limits = new HashMap<>();
    for (Operation operation : network.operations()) {
      ScaleLimit limit = of(operation);
      if (limit != null
          && operation.output().range() != null
          && operation.inputs().stream().allMatch(isInteger)) {
        limits
            .computeIfAbsent(operation.output().range().name(), name -> new ArrayList<>())
            .add(limit);
      }
    }
    return limits;
  }

  /** The limit of an operation; null where there is none, or only the pass knows it. */
  private static ScaleLimit of(Operation operation) {
    List<Tensor> inputs = operation.inputs();
    return switch (operation.scaling()) {
      case SUM ->
          operation instanceof Operation.WithNumber with
              ? sum(
                  Math.abs(with.number()) / ActivationKernels.CONSTANT_INTEGER,
                  with.activation(),
                  inputs)
              : operation instanceof Operation.Binary binary
                  ? sum(0, binary.activation(), inputs)
                  : null;
      case PRODUCT ->
          operation instanceof Operation.WithNumber with
              ? product(Math.abs(with.number()), with.activation(), inputs)
              : operation instanceof Operation.Binary binary
                  ? product(1, binary.activation(), inputs)
                  : null;
      case MATRIX_PRODUCT -> new ScaleLimit(true, 1, LARGEST_OF_MATRICES, inputs);
      case MEAN -> {
        int count = inputs.get(0).elements() / operation.output().elements();
        // The result is in steps of the input's divided by the count.
        yield new ScaleLimit(false, 0, Math.min(LARGEST_OF_MATRICES * count, MOST_OF_MEAN), inputs);
      }
      case TOTAL -> new ScaleLimit(false, 0, LARGEST_OF_MATRICES, inputs);
      case HARD_SWISH -> new ScaleLimit(false, 0, LARGEST_OF_HARD_SWISH, inputs);
      case RESCALING, LOOKED_UP -> new ScaleLimit(false, 0, LARGEST_RESCALING, inputs);
      case KEPT, WEIGHTS -> null;
    };
  }

  private static ScaleLimit sum(double constant, Activation activation, List<Tensor> inputs) {
    return new ScaleLimit(false, constant, largestOfSum(activation, inputs.get(0)), inputs);
  }

  private static double largestOfSum(Activation activation, Tensor input) {
    return isUnbounded(activation)
        ? LARGEST_RATIO
        : input.range() != null && input.range().bits() > Byte.SIZE
            ? LARGEST_OF_BOUNDED_WIDE_SUM
            : LARGEST_OF_BOUNDED_SUM;
  }

  private static ScaleLimit product(double constant, Activation activation, List<Tensor> inputs) {
    return new ScaleLimit(true, constant, largestOfProduct(activation), inputs);
  }

  private static double largestOfProduct(Activation activation) {
    return isUnbounded(activation) ? LARGEST_RATIO : LARGEST_RESCALING;
  }

  /** Of one half of a batch norm, whose constant's scale only the pass knows. */
  static ScaleLimit of(Operation.BatchNorm norm) {
    boolean isProduct = norm.scaling() == Operation.Scaling.PRODUCT;
    double ratio =
        isProduct ? largestOfProduct(norm.activation()) : largestOfSum(norm.activation(), norm.x());
    return new ScaleLimit(isProduct, isProduct ? 1 : 0, ratio, norm.inputs());
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
