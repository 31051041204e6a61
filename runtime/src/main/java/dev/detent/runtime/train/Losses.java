package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.LogSoftmax;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** The losses that come with Detent: Keras's, by Keras's names. */
public final class Losses {
  /** Keras's, which keeps quotients and logarithms finite. */
  private static final double EPSILON = 1e-7;

  /** Keras's least square of a length. */
  private static final double SMALLEST_SQUARE = 1e-12;

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
          var each = huberOf(tf, prediction.values(), target, delta);
          return meanOfExample(tf, each, target, 0);
        });
  }

  /**
   * Cross-entropy in which places count by their class: {@code -weights[class] *
   * log(softmax(logits)[class])}, the mean over the places of an example. For targets with a class
   * for each place, as pixels have; with one class an example it is what {@link Fit#classWeights}
   * does.
   *
   * @throws IllegalArgumentException if a weight is negative
   */
  public static Loss weightedCategoricalCrossEntropy(double... weights) {
    float[] all = new float[weights.length];
    for (int i = 0; i < all.length; i++) {
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "class weight " + weights[i] + "; it must be at least 0");
      }
      all[i] = (float) weights[i];
    }
    return new Named(
        "weightedCategoricalCrossEntropy" + Arrays.toString(weights),
        (tf, prediction, target) -> {
          if (all.length != target.asOutput().shape().get(-1)) {
            throw new TrainingException(
                "there are %s class weights for %s classes"
                    .formatted(all.length, target.asOutput().shape().get(-1)));
          }
          var weighted = tf.math.mul(target, tf.constant(all));
          var each = tf.math.mul(weighted, logProbability(tf, prediction));
          return meanOfExample(tf, tf.math.neg(sumOfClasses(tf, each)), target, 1);
        });
  }

  /**
   * Focal loss (Lin et al., 2017): {@code -sum(alpha * (1 - p)^gamma * target * log(p))} over the
   * last axis for {@code p = softmax(logits)}; Keras's defaults are gamma 2 and alpha 0.25.
   *
   * @throws IllegalArgumentException if {@code gamma} is negative or {@code alpha} not positive
   */
  public static Loss focal(double gamma, double alpha) {
    if (!(gamma >= 0) || !(alpha > 0)) {
      throw new IllegalArgumentException(
          "gamma " + gamma + " and alpha " + alpha + "; gamma must be at least 0, alpha positive");
    }
    return new Named(
        "focal(" + gamma + ", " + alpha + ")",
        (tf, prediction, target) -> {
          var log = logProbability(tf, prediction);
          var easy = tf.math.sub(tf.constant(1f), tf.math.exp(log));
          // pow has no gradient at 0, where exp(log) is 1 by rounding
          var factor =
              tf.math.pow(
                  tf.math.maximum(easy, tf.constant(Float.MIN_NORMAL)), tf.constant((float) gamma));
          var each = tf.math.mul(tf.math.mul(factor, log), target);
          var sum = tf.math.mul(sumOfClasses(tf, each), tf.constant((float) -alpha));
          return meanOfExample(tf, sum, target, 1);
        });
  }

  /**
   * Dice loss (Milletari et al., 2016): {@code 1 - (2 * sum(y * t) + e) / (sum(y) + sum(t) + e)}
   * over all values of an example, with Keras's {@code e} of 1e-7. The output is taken for
   * probabilities: a softmax, or a sigmoid.
   */
  public static Loss dice() {
    return new Named(
        "dice",
        (tf, prediction, target) -> {
          var y = rows(tf, prediction.values(), target);
          var t = rows(tf, target, target);
          var axis = tf.constant(1);
          var e = tf.constant((float) EPSILON);
          var both = tf.math.mul(tf.constant(2f), tf.sum(tf.math.mul(y, t), axis));
          var either = tf.math.add(tf.sum(y, axis), tf.sum(t, axis));
          return tf.math.sub(
              tf.constant(1f), tf.math.div(tf.math.add(both, e), tf.math.add(either, e)));
        });
  }

  /** {@code -sum(y / |y| * t / |t|)} over the last axis, the mean over an example's places. */
  public static Loss cosineSimilarity() {
    return new Named(
        "cosineSimilarity",
        (tf, prediction, target) -> {
          var each = tf.math.mul(unit(tf, prediction.values()), unit(tf, target));
          return meanOfExample(tf, tf.math.neg(sumOfClasses(tf, each)), target, 1);
        });
  }

  /**
   * {@code sum(t * log(t / y))} over the last axis, the mean over an example's places, for targets
   * that are probabilities. An output that is a softmax is read as its logits, which is stable;
   * another one is taken for probabilities and kept above 1e-7.
   */
  public static Loss klDivergence() {
    return new Named(
        "klDivergence",
        (tf, prediction, target) -> {
          var least = tf.constant((float) EPSILON);
          var log =
              prediction.isProbability()
                  ? logProbability(tf, prediction)
                  : tf.math.log(tf.math.maximum(prediction.values(), least));
          var own = tf.math.log(tf.math.maximum(target, least));
          return meanOfExample(
              tf, sumOfClasses(tf, tf.math.mul(target, tf.math.sub(own, log))), target, 1);
        });
  }

  /**
   * A loss of numbers in which targets of one value do not count, as a measurement that is missing:
   * {@link #huber} over the others of an example, 0 where there is none.
   *
   * @param missing the value that stands for no target, as -1; best NaN, which nothing else is and
   *     which scores and reports leave out as well
   */
  public static Loss maskedHuber(double delta, double missing) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("delta " + delta + "; it must be positive");
    }
    return new Named(
        "maskedHuber(" + delta + ", " + missing + ")",
        Double.isNaN(missing),
        (tf, prediction, target) -> {
          var counts =
              Double.isNaN(missing)
                  ? present(tf, target)
                  : tf.dtypes.cast(
                      tf.math.notEqual(target, tf.constant((float) missing)), TFloat32.class);
          var known = withoutMissing(tf, target);
          var each = tf.math.mul(huberOf(tf, prediction.values(), known, delta), counts);
          var axis = tf.constant(1);
          return tf.math.div(
              tf.sum(rows(tf, each, target), axis),
              tf.math.maximum(tf.sum(rows(tf, counts, target), axis), tf.constant(1f)));
        });
  }

  /**
   * Connectionist temporal classification (Graves et al., 2006), for an output of {@code [steps,
   * classes]} that is to give labels in their order, at whichever steps: {@code -log(sum over paths
   * of prod over steps of softmax(logits)[step, class])}. A path is a class for each step that is
   * the target once classes that repeat are one and blanks are gone. An output that is a softmax is
   * read as its logits.
   *
   * <p>It is what {@link dev.detent.runtime.data.Targets#labelSequences} are trained with if no
   * other loss is asked for; {@link dev.detent.runtime.data.LabelSequences#decode} reads an answer.
   *
   * @param blank the class that stands for no label; that of the targets
   * @throws IllegalArgumentException if it is negative
   */
  public static Loss ctc(int blank) {
    if (blank < 0) {
      throw new IllegalArgumentException("blank " + blank + "; it must be a class");
    }
    return new Ctc(blank);
  }

  /** 1 where a target is a number, 0 where it is missing. */
  static Operand<TFloat32> present(Ops tf, Operand<TFloat32> target) {
    return tf.math.sub(tf.constant(1f), tf.dtypes.cast(tf.math.isNan(target), TFloat32.class));
  }

  /** The target with 0 for what is missing: what is computed of it is a number, to be left out. */
  static Operand<TFloat32> withoutMissing(Ops tf, Operand<TFloat32> target) {
    return tf.select(tf.math.isNan(target), tf.zerosLike(target), target);
  }

  static Operand<TFloat32> huberOf(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> target, double delta) {
    var d = tf.math.abs(tf.math.sub(y, target));
    var inner = tf.math.minimum(d, tf.constant((float) delta));
    // inner * (d - inner / 2) is both branches at once
    return tf.math.mul(inner, tf.math.sub(d, tf.math.mul(inner, tf.constant(0.5f))));
  }

  /** {@code log(softmax(logits))}. */
  static Operand<TFloat32> logProbability(Ops tf, Prediction prediction) {
    return LogSoftmax.of(tf, prediction.logits());
  }

  private static Operand<TFloat32> sumOfClasses(Ops tf, Operand<TFloat32> each) {
    return tf.sum(each, tf.constant(-1));
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> x) {
    var squares = tf.sum(tf.math.square(x), tf.constant(-1), Sum.keepDims(true));
    return tf.math.mul(
        x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant((float) SMALLEST_SQUARE))));
  }

  /** All values of an example in a row. */
  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, Operand<TFloat32> target) {
    long width = 1;
    for (int i = 1; i < target.asOutput().shape().numDimensions(); i++) {
      width *= target.asOutput().shape().get(i);
    }
    return tf.reshape(x, tf.constant(new int[] {-1, Math.toIntExact(width)}));
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
