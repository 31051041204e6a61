package dev.detent.runtime.train;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The losses that come with Detent: Keras's, by Keras's names. */
public final class Losses {
  private Losses() {}

  /**
   * {@code -sum(target * log(softmax(logits)))} over the last axis. An output that is a softmax is
   * not taken the logarithm of: the loss reads what the softmax read, which is the same and stable.
   */
  public static Loss categoricalCrossEntropy() {
    return categoricalCrossEntropy(0);
  }

  /**
   * Cross-entropy against {@code target * (1 - smoothing) + smoothing / classes} (Szegedy et al.,
   * 2016).
   *
   * @throws IllegalArgumentException if {@code smoothing} is not in [0, 1)
   */
  public static Loss categoricalCrossEntropy(double smoothing) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("label smoothing " + smoothing + "; it must be in [0, 1)");
    }
    return new Named(
        "categoricalCrossEntropy" + (smoothing > 0 ? "(" + smoothing + ")" : ""),
        (tf, prediction, target) -> {
          Operand<TFloat32> smoothed = target;
          long classes = target.asOutput().shape().get(-1);
          if (classes == 1) {
            throw new TrainingException(
                "the cross-entropy of one class is always 0; one probability has"
                    + " Losses.binaryCrossEntropy()");
          }
          if (smoothing > 0) {
            smoothed =
                tf.math.add(
                    tf.math.mul(target, tf.constant((float) (1 - smoothing))),
                    tf.constant((float) (smoothing / classes)));
          }
          var rows = new int[] {-1, Math.toIntExact(classes)};
          var each =
              tf.nn
                  .softmaxCrossEntropyWithLogits(
                      tf.reshape(prediction.logits(), tf.constant(rows)),
                      tf.reshape(smoothed, tf.constant(rows)))
                  .loss();
          return meanOfExample(tf, each, target, 1);
        });
  }

  /**
   * {@code -(t log(sigmoid(x)) + (1 - t) log(1 - sigmoid(x)))} of the output as logits, in the
   * stable form {@code max(x, 0) - x t + log(1 + exp(-|x|))}; the mean over an example.
   */
  public static Loss binaryCrossEntropy() {
    return new Named(
        "binaryCrossEntropy",
        (tf, prediction, target) -> {
          var x = prediction.logits();
          var each =
              tf.math.add(
                  tf.math.sub(tf.nn.relu(x), tf.math.mul(x, target)),
                  tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(x)))));
          return meanOfExample(tf, each, target, 0);
        });
  }

  /** {@code (y - t)^2}, the mean over an example. */
  public static Loss meanSquaredError() {
    return new Named(
        "meanSquaredError",
        (tf, prediction, target) ->
            meanOfExample(tf, tf.math.square(tf.math.sub(prediction.values(), target)), target, 0));
  }

  /** {@code |y - t|}, the mean over an example. */
  public static Loss meanAbsoluteError() {
    return new Named(
        "meanAbsoluteError",
        (tf, prediction, target) ->
            meanOfExample(tf, tf.math.abs(tf.math.sub(prediction.values(), target)), target, 0));
  }

  /**
   * {@code d^2 / 2} for {@code d = |y - t| <= delta}, {@code delta * d - delta^2 / 2} beyond
   * (Huber, 1964); the mean over an example.
   *
   * @throws IllegalArgumentException if {@code delta} is not positive
   */
  public static Loss huber(double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("delta " + delta + "; it must be positive");
    }
    return new Named(
        "huber(" + delta + ")",
        (tf, prediction, target) -> {
          var d = tf.math.abs(tf.math.sub(prediction.values(), target));
          var inner = tf.math.minimum(d, tf.constant((float) delta));
          // inner * (d - inner / 2) is both branches at once
          var each = tf.math.mul(inner, tf.math.sub(d, tf.math.mul(inner, tf.constant(0.5f))));
          return meanOfExample(tf, each, target, 0);
        });
  }

  /** The mean of all values of an example; {@code reduced} axes at the end are gone already. */
  private static Operand<TFloat32> meanOfExample(
      Ops tf, Operand<TFloat32> each, Operand<TFloat32> target, int reduced) {
    long[] shape = target.asOutput().shape().asArray();
    long perExample = Arrays.stream(shape, 1, shape.length - reduced).reduce(1, (a, b) -> a * b);
    return tf.math.mean(
        tf.reshape(each, tf.constant(new int[] {-1, Math.toIntExact(perExample)})),
        tf.constant(new int[] {1}));
  }
}
