package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
record ScaleLimit(
    boolean isProduct, double constant, double ratio, List<ScaleLimit.Reading> inputs) {

  /** A tensor that is read, on the grid of its range. */
  record Reading(ActivationRange range, int[] shape) {}

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

  /** The limits of each range of a model, by its name: of all operations that write it. */
  static Map<String, List<ScaleLimit>> of(Network network) {
    Map<String, List<ScaleLimit>> limits = new HashMap<>();
    for (Operation operation : network.operations()) {
      List<Reading> inputs = readings(operation);
      ActivationRange range = operation.output().range();
      if (range != null && inputs.size() == operation.inputs().size()) {
        of(operation, inputs)
            .ifPresent(
                limit ->
                    limits.computeIfAbsent(range.name(), name -> new ArrayList<>()).add(limit));
      }
    }
    return limits;
  }

  /** What an operation reads of tensors that are on a grid when the model is quantized. */
  private static List<Reading> readings(Operation operation) {
    List<Reading> readings = new ArrayList<>();
    for (Tensor input : operation.inputs()) {
      ActivationRange range = input.range();
      if (range != null && !range.isLeftFloat()) {
        readings.add(new Reading(range, input.shape()));
      }
    }
    return readings;
  }

  /** The limit of an operation; empty where there is none, or only the pass knows it. */
  private static Optional<ScaleLimit> of(Operation operation, List<Reading> inputs) {
    return switch (operation.scaling()) {
      case SUM, PRODUCT -> {
        boolean isProduct = operation.scaling() == Operation.Scaling.PRODUCT;
        if (operation instanceof Operation.WithNumber with) {
          double number = Math.abs(with.number());
          yield Optional.of(
              of(
                  isProduct,
                  isProduct ? number : number / ActivationKernel.CONSTANT_INTEGER,
                  with.activation(),
                  inputs));
        }
        yield operation instanceof Operation.Binary binary
            ? Optional.of(of(isProduct, isProduct ? 1 : 0, binary.activation(), inputs))
            : Optional.empty();
      }
      case MATRIX_PRODUCT -> Optional.of(new ScaleLimit(true, 1, LARGEST_OF_MATRICES, inputs));
      case MEAN -> {
        int count = operation.inputs().get(0).elements() / operation.output().elements();
        // The result is in steps of the input's divided by the count.
        yield ofOne(Math.min(LARGEST_OF_MATRICES * count, MOST_OF_MEAN), inputs);
      }
      case TOTAL -> ofOne(LARGEST_OF_MATRICES, inputs);
      case HARD_SWISH -> ofOne(LARGEST_OF_HARD_SWISH, inputs);
      case RESCALING, LOOKED_UP -> ofOne(LARGEST_RESCALING, inputs);
      case KEPT, WEIGHTS -> Optional.empty();
    };
  }

  private static Optional<ScaleLimit> ofOne(double ratio, List<Reading> inputs) {
    return Optional.of(new ScaleLimit(false, 0, ratio, inputs));
  }

  private static ScaleLimit of(
      boolean isProduct, double constant, Activation activation, List<Reading> inputs) {
    boolean isUnbounded = activation == Activation.NONE || activation == Activation.RELU;
    boolean isWide = inputs.get(0).range().bits() > Byte.SIZE;
    double ofBounded =
        isProduct
            ? LARGEST_RESCALING
            : isWide ? LARGEST_OF_BOUNDED_WIDE_SUM : LARGEST_OF_BOUNDED_SUM;
    return new ScaleLimit(isProduct, constant, isUnbounded ? LARGEST_RATIO : ofBounded, inputs);
  }

  /** Of one half of a batch norm, whose constant's scale only the pass knows. */
  static ScaleLimit of(Operation.BatchNorm norm) {
    boolean isProduct = norm.scaling() == Operation.Scaling.PRODUCT;
    return of(isProduct, isProduct ? 1 : 0, norm.activation(), readings(norm));
  }

  /** Of a layer with weights: the smallest scale, given that of what is read and the weights'. */
  static Operand<TFloat32> ofWeights(Ops tf, Operand<TFloat32> input, Operand<TFloat32> weights) {
    var largest =
        weights.shape().numDimensions() == 0 ? weights : tf.reduceMax(weights, tf.constant(0));
    return tf.math.mul(tf.math.mul(input, largest), tf.constant((float) (1 / LARGEST_RATIO)));
  }

  /** The smallest scale, given those of what is read; empty if none of them is known. */
  Optional<Operand<TFloat32>> smallest(Ops tf, List<Operand<TFloat32>> scales) {
    return scales.stream()
        .reduce((a, b) -> isProduct ? tf.math.mul(a, b) : tf.math.maximum(a, b))
        .map(all -> smallest(tf, all));
  }

  private Operand<TFloat32> smallest(Ops tf, Operand<TFloat32> all) {
    if (isProduct) {
      return tf.math.mul(all, tf.constant((float) (constant / ratio)));
    }
    var perStep = tf.math.mul(all, tf.constant((float) (1 / ratio)));
    return constant == 0
        ? perStep
        : tf.math.maximum(perStep, tf.constant((float) (constant / ratio)));
  }
}
