package dev.detent.runtime.quantizer;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where a {@link Quantizer} works: one weight, or one range with all the activations that share it,
 * in one pass of the graph. It says what is demanded, keeps the quantizer's variables, and builds
 * operations.
 */
public interface Site {

  /** What is quantized. */
  enum Role {
    /** A layer's weights, known before any data come. */
    WEIGHT,
    /** What flows, as a layer's output. */
    ACTIVATION
  }

  /** What the pass is for. */
  enum Mode {
    /** Float inference over typical examples, to find where to begin. Nothing is quantized. */
    CALIBRATING,
    /** Quantization-aware training. */
    TRAINING,
    /** Inference as the deployed model computes it; the export reads this pass. */
    EVALUATING
  }

  // ---------------------------------------------------------------- what is demanded

  /** Builds operations, in a scope of this site; in a gradient, in the gradient's. */
  Ops tf();

  /** What is quantized. */
  Role role();

  /** What the pass is for. */
  Mode mode();

  /** The weight's name, as {@code conv/kernel}, or the range's. */
  String name();

  /** The sizes of the weight, or of the first activation, which has the batch in front besides. */
  int[] shape();

  /** Width of one value, 2 to 16. */
  int bits();

  /** The smallest integer: -128 for 8 bits, -127 if the range is narrow. */
  int lowest();

  /** The largest integer: 127 for 8 bits. */
  int highest();

  /** Whether each output channel has a scale of its own; false for all activations. */
  boolean isPerChannel();

  /**
   * The axis of {@link #shape()} whose entries are the output channels; of a depthwise kernel the
   * last two axes are the channels together, and this is the first of them.
   *
   * @throws IllegalStateException if there is one scale for the whole tensor
   */
  int channelAxis();

  /** The sizes of the scale: {@code [channels]}, or none for a scalar. */
  int[] scaleShape();

  /** How many weights have one scale, or how many values one example of the activation has. */
  default double valuesPerScale() {
    double all = IntStream.of(shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
    return isPerChannel() ? all / scaleShape()[0] : all;
  }

  /** Whether the zero point must be 0; true for all weights. */
  boolean isSymmetric();

  /** Whether every scale must be a power of two, as for hardware that only shifts. */
  boolean isPowerOfTwo();

  /** Whether every value is known to be at least 0, as after a ReLU. */
  boolean isNonNegative();

  /**
   * Whether the lowest integer stands for 0, as where no value is negative and none demands more.
   */
  default boolean isUnsigned() {
    return isNonNegative() && !isSymmetric();
  }

  /** A known upper bound of every value, as 6 after a ReLU6; infinite if unknown. */
  double upperBound();

  /**
   * The weights to be quantized: batch norm is folded in already where there is one scale for the
   * tensor, and not where each channel has its own.
   *
   * @throws IllegalStateException for activations, whose grid may not depend on the batch
   */
  Operand<TFloat32> weights();

  // ---------------------------------------------------------------- variables

  /**
   * A variable that follows the data: saved and checkpointed, changed by {@link #update} alone.
   *
   * @param name unique at this site
   * @param initial what it holds before any calibration
   * @param shape none for a scalar
   * @return its value at the start of the step
   * @throws IllegalStateException if {@link Quantizer#grid} did not ask for it first
   */
  Operand<TFloat32> state(String name, float initial, int... shape);

  /**
   * A variable that gradients train with the model's optimizer and learning rate: saved and
   * checkpointed, like a weight. {@link #update} may change it too, while {@linkplain
   * Mode#CALIBRATING calibrating}.
   *
   * @param name unique at this site
   * @param initial what it holds before any calibration
   * @param shape none for a scalar
   * @return its value at the start of the step
   * @throws IllegalStateException if {@link Quantizer#grid} did not ask for it first
   */
  Operand<TFloat32> parameter(String name, float initial, int... shape);

  /**
   * What a variable becomes at the end of the step.
   *
   * @param name of a state or parameter
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException outside of {@link Quantizer#observe}
   */
  void update(String name, Operand<TFloat32> value);

  /** How many batches were observed before, since the last calibration began: a scalar. */
  Operand<TFloat32> seen();

  /** Adds a scalar to the loss that training minimizes; without effect in other modes. */
  void addPenalty(Operand<TFloat32> penalty);

  // ---------------------------------------------------------------- building blocks

  /** The sum of all values that have one scale: of the shape {@link #scaleShape()}. */
  Operand<TFloat32> sum(Operand<TFloat32> x);

  /** The smallest of all values that have one scale: of the shape {@link #scaleShape()}. */
  Operand<TFloat32> min(Operand<TFloat32> x);

  /** The largest of all values that have one scale: of the shape {@link #scaleShape()}. */
  Operand<TFloat32> max(Operand<TFloat32> x);

  /** Of the shape {@link #scaleShape()}, shaped so that it multiplies the tensor. */
  Operand<TFloat32> broadcast(Operand<TFloat32> perScale);

  /**
   * {@code forward}, bit for bit, with a gradient of one's own, as {@code tf.custom_gradient} in
   * Python. Any number may be used.
   *
   * @param inputs what the gradient goes to
   * @param gradient one gradient for each input
   */
  Operand<TFloat32> withGradient(
      Operand<TFloat32> forward, List<? extends Operand<TFloat32>> inputs, Gradient gradient);

  /** {@code forward}, with the gradient of {@code surrogate}: the straight-through estimator. */
  default Operand<TFloat32> straightThrough(
      Operand<TFloat32> forward, Operand<TFloat32> surrogate) {
    return withGradient(forward, List.of(surrogate), (tf, dy) -> List.of(dy));
  }

  /**
   * {@code x} rounded to integers, half up as TensorFlow's fake quantization rounds; the gradient
   * passes as if nothing were rounded.
   */
  default Operand<TFloat32> round(Operand<TFloat32> x) {
    return straightThrough(tf().math.floor(tf().math.add(x, tf().constant(0.5f))), x);
  }

  /** {@code x}, whose gradient is multiplied by {@code factor}. */
  default Operand<TFloat32> scaleGradient(Operand<TFloat32> x, double factor) {
    return withGradient(
        x, List.of(x), (tf, dy) -> List.of(tf.math.mul(dy, tf.constant((float) factor))));
  }
}
