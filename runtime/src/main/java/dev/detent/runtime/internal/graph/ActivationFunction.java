package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.UnaryKind;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * A function that is an operation of its own in the deployed model.
 *
 * @param real in real numbers, with its gradient
 * @param deployed what the built-in int8 kernel makes of it; empty where that is the real result
 *     rounded once, as for kernels that look their result up in a table
 * @param isOfLogits whether a loss is taken at what it reads, being stable there
 */
record ActivationFunction(
    Real real,
    Optional<Function<ActivationKernel, Operand<TFloat32>>> deployed,
    boolean isOfLogits) {

  /** In real numbers. */
  @FunctionalInterface
  interface Real {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x);
  }

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
      case LOGISTIC -> ofLogits((tf, x) -> tf.math.sigmoid(x)); // a table of round(f(x) / scale)
      case TANH -> lookedUp((tf, x) -> tf.math.tanh(x));
      case ELU -> lookedUp((tf, x) -> tf.nn.elu(x));
      case GELU -> gelu(false);
      case APPROXIMATE_GELU -> gelu(true);
      case EXP -> lookedUp((tf, x) -> tf.math.exp(x));
      case LOG -> lookedUp((tf, x) -> tf.math.log(x));
      // Fixed point of 26 bits after the point, so that it is the real one, rounded.
      case LOG_SOFTMAX -> ofLogits(LogSoftmax::of);
      // Fixed point of 16 bits.
      case HARD_SWISH -> inFixedPoint(ActivationFunction::hardSwish, ActivationKernel::hardSwish);
      // Fixed point, as wide as the sum of squares leaves room for.
      case L2_NORMALIZATION ->
          inFixedPoint(ActivationFunction::l2Normalized, ActivationKernel::l2Normalized);
    };
  }

  private static ActivationFunction ofLogits(Real real) {
    return new ActivationFunction(real, Optional.empty(), true);
  }

  private static ActivationFunction lookedUp(Real real) {
    return new ActivationFunction(real, Optional.empty(), false);
  }

  private static ActivationFunction inFixedPoint(
      Real real, Function<ActivationKernel, Operand<TFloat32>> deployed) {
    return new ActivationFunction(real, Optional.of(deployed), false);
  }

  /** LEAKY_RELU. */
  static ActivationFunction leakyRelu(double slope) {
    return inFixedPoint(
        (tf, x) -> {
          // Neither TensorFlow's own operation nor a maximum of x and its share: its optimizer
          // takes both for part of a convolution, and fails where something else reads x as well.
          var negative = tf.nn.relu(tf.math.neg(x));
          return tf.math.sub(tf.nn.relu(x), tf.math.mul(negative, tf.constant((float) slope)));
        },
        kernel -> kernel.leakyRelu((float) slope));
  }

  /** ADD with a constant. */
  static ActivationFunction plus(double constant) {
    return inFixedPoint(
        (tf, x) -> tf.math.add(x, tf.constant((float) constant)), kernel -> kernel.plus(constant));
  }

  /** MUL with a constant. */
  static ActivationFunction multipliedBy(double constant) {
    return inFixedPoint(
        (tf, x) -> tf.math.mul(x, tf.constant((float) constant)),
        kernel -> kernel.multipliedBy(constant));
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
