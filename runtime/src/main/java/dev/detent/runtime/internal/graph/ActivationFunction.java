package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.UnaryKind;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * A function that is an operation of its own in the deployed model.
 *
 * @param real in real numbers, with its gradient
 * @param deployed what the built-in int8 kernel makes of it, before its bounds; null where that is
 *     the real result rounded once, as for kernels that look their result up in a table
 * @param isOfLogits whether a loss is taken at what it reads, being stable there
 */
record ActivationFunction(Real real, Deployed deployed, boolean isOfLogits) {

  /** In real numbers. */
  @FunctionalInterface
  interface Real {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x);
  }

  /** On the grids of the deployed model. */
  @FunctionalInterface
  interface Deployed {
    /**
     * Builds the kernel's arithmetic.
     *
     * @param from the grid of {@code x}
     * @param to the grid of the result, which is not clipped to it yet
     */
    Operand<TFloat32> of(Ops tf, RangeNodes from, RangeNodes to, Operand<TFloat32> x);
  }

  /** LOGISTIC: a table of {@code round(f(x) / scale)}. */
  private static final ActivationFunction SIGMOID =
      new ActivationFunction((tf, x) -> tf.math.sigmoid(x), null, true);

  /** TANH: a table. */
  private static final ActivationFunction TANH = lookedUp((tf, x) -> tf.math.tanh(x));

  /** ELU: a table. */
  private static final ActivationFunction ELU = lookedUp((tf, x) -> tf.nn.elu(x));

  /** EXP: a table. */
  private static final ActivationFunction EXP = lookedUp((tf, x) -> tf.math.exp(x));

  /** LOG: a table. */
  private static final ActivationFunction LOG = lookedUp((tf, x) -> tf.math.log(x));

  /** LOG_SOFTMAX: fixed point of 26 bits behind the point, so that it is the real one, rounded. */
  private static final ActivationFunction LOG_SOFTMAX =
      new ActivationFunction((tf, x) -> tf.nn.logSoftmax(x), null, true);

  /** HARD_SWISH: fixed point of 16 bits. */
  private static final ActivationFunction HARD_SWISH =
      inFixedPoint(ActivationFunction::hardSwish, ActivationKernels::hardSwish);

  /** L2_NORMALIZATION: fixed point, as wide as the sum of squares leaves room for. */
  private static final ActivationFunction L2_NORMALIZATION =
      inFixedPoint(ActivationFunction::l2Normalized, ActivationKernels::l2Normalized);

  /**
   * The smallest square of a length that is divided by, as in Keras's {@code UnitNormalization}.
   */
  private static final float SMALLEST_SQUARE = 1e-12f;

  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float SQRT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);
  private static final float GELU_CUBE = 0.044715f;

  /**
   * The function of an operation.
   *
   * @throws IllegalArgumentException if it only bounds values, as a RELU
   */
  static ActivationFunction of(UnaryKind kind) {
    return switch (kind) {
      case RELU, RELU6, RELU_N1_TO_1 ->
          throw new IllegalArgumentException(kind + " only bounds values");
      case LOGISTIC -> SIGMOID;
      case TANH -> TANH;
      case ELU -> ELU;
      case HARD_SWISH -> HARD_SWISH;
      case GELU -> gelu(false);
      case APPROXIMATE_GELU -> gelu(true);
      case LOG_SOFTMAX -> LOG_SOFTMAX;
      case L2_NORMALIZATION -> L2_NORMALIZATION;
      case EXP -> EXP;
      case LOG -> LOG;
    };
  }

  private static ActivationFunction lookedUp(Real real) {
    return inFixedPoint(real, null);
  }

  private static ActivationFunction inFixedPoint(Real real, Deployed deployed) {
    return new ActivationFunction(real, deployed, false);
  }

  /** LEAKY_RELU. */
  static ActivationFunction leakyRelu(double slope) {
    return inFixedPoint(
        (tf, x) -> {
          // Neither TensorFlow's own operation nor a maximum of x and its share: its optimizer
          // takes
          // both for part of a convolution, and fails where something else reads x as well.
          var negative = tf.nn.relu(tf.math.neg(x));
          return tf.math.sub(tf.nn.relu(x), tf.math.mul(negative, tf.constant((float) slope)));
        },
        (tf, from, to, x) -> ActivationKernels.leakyRelu(tf, from, to, x, (float) slope));
  }

  /** ADD with a constant. */
  static ActivationFunction plus(double constant) {
    return inFixedPoint(
        (tf, x) -> tf.math.add(x, tf.constant((float) constant)),
        (tf, from, to, x) -> ActivationKernels.plus(tf, from, to, x, constant));
  }

  /** MUL with a constant. */
  static ActivationFunction multipliedBy(double constant) {
    return inFixedPoint(
        (tf, x) -> tf.math.mul(x, tf.constant((float) constant)),
        (tf, from, to, x) -> ActivationKernels.multipliedBy(tf, from, to, x, constant));
  }

  /** GELU: a table (Hendrycks and Gimpel, 2016). */
  private static ActivationFunction gelu(boolean isApproximate) {
    return lookedUp(
        (tf, x) -> {
          Operand<TFloat32> share;
          if (isApproximate) {
            var cube = tf.math.mul(x, tf.math.mul(x, x));
            var inner = tf.math.add(x, tf.math.mul(cube, tf.constant(GELU_CUBE)));
            share = tf.math.tanh(tf.math.mul(inner, tf.constant(SQRT_2_OVER_PI)));
          } else {
            share = tf.math.erf(tf.math.mul(x, tf.constant(SQRT_HALF)));
          }
          return tf.math.mul(
              tf.math.mul(x, tf.constant(0.5f)), tf.math.add(share, tf.constant(1f)));
        });
  }

  private static Operand<TFloat32> hardSwish(Ops tf, Operand<TFloat32> x) {
    var gate = tf.nn.relu6(tf.math.add(x, tf.constant(3f)));
    return tf.math.mul(x, tf.math.mul(gate, tf.constant(1 / 6f)));
  }

  private static Operand<TFloat32> l2Normalized(Ops tf, Operand<TFloat32> x) {
    var squares = tf.reduceSum(tf.math.mul(x, x), tf.constant(-1), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(SMALLEST_SQUARE))));
  }
}
