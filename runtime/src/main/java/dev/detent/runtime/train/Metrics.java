package dev.detent.runtime.train;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The metrics that come with Detent. */
public final class Metrics {
  /** The name of {@link #accuracy()}: {@value}. */
  public static final String ACCURACY = "accuracy";

  /** The name of {@link #meanIou()}: {@value}. */
  public static final String MEAN_IOU = "meanIou";

  private Metrics() {}

  /**
   * The share of examples, or of their places, whose largest output is the target's largest, in 0
   * to 1.
   */
  public static Metric accuracy() {
    return new Named(
        ACCURACY,
        (tf, prediction, target) -> {
          if (target.asOutput().shape().get(-1) == 1) {
            throw new TrainingException(
                "the accuracy of one class is always 1: the largest of one output is that output");
          }
          var axis = tf.constant(-1);
          Operand<TInt64> said = tf.math.argMax(prediction.logits(), axis);
          Operand<TInt64> is = tf.math.argMax(target, axis);
          var right = tf.dtypes.cast(tf.math.equal(said, is), TFloat32.class);
          return meanOfExample(tf, right, target);
        });
  }

  /**
   * The intersection over union of the places that an example has of a class and those that are
   * answered with it: the mean over the classes that the one or the other has, in 0 to 1
   * (Everingham et al., 2010; here of each example by itself, then averaged over examples).
   */
  public static Metric meanIou() {
    return new Named(
        MEAN_IOU,
        (tf, prediction, target) -> {
          int classes = Math.toIntExact(target.asOutput().shape().get(-1));
          var said =
              tf.oneHot(
                  tf.math.argMax(prediction.logits(), tf.constant(-1)),
                  tf.constant(classes),
                  tf.constant(1f),
                  tf.constant(0f));
          var rows =
              tf.stack(java.util.List.of(batch(tf, target), tf.constant(-1), tf.constant(classes)));
          var answers = tf.reshape(said, rows);
          var truth = tf.reshape(target, rows);
          var places = tf.constant(1);
          var both = tf.sum(tf.math.mul(answers, truth), places);
          var either = tf.math.sub(tf.sum(tf.math.add(answers, truth), places), both);
          var one = tf.constant(1f);
          // A class is there in either where that counts at least 1; else it adds 0 to both sums.
          var axis = tf.constant(1);
          return tf.math.div(
              tf.sum(tf.math.div(both, tf.math.maximum(either, one)), axis),
              tf.sum(tf.math.minimum(either, one), axis));
        });
  }

  /** The share of examples, or of their places, whose class is among the {@code k} largest. */
  public static Metric topK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top " + k + "; k must be at least 1");
    }
    return new Named(
        "top" + k,
        (tf, prediction, target) -> {
          var classes = tf.math.argMax(target, tf.constant(-1));
          int last = Math.toIntExact(target.asOutput().shape().get(-1));
          var hits =
              tf.nn.inTopK(
                  tf.reshape(prediction.logits(), tf.constant(new int[] {-1, last})),
                  tf.reshape(classes, tf.constant(new int[] {-1})),
                  tf.constant((long) k));
          return meanOfExample(tf, tf.dtypes.cast(hits, TFloat32.class), target);
        });
  }

  /**
   * The share of examples whose labels, decoded greedily, are the target's, all of them and in
   * their order, in 0 to 1: what is measured of {@link
   * dev.detent.runtime.data.Targets#labelSequences} if nothing else is asked for.
   *
   * @param blank the class that stands for no label; that of the targets
   * @see dev.detent.runtime.data.LabelSequences#decode
   */
  public static Metric sequenceAccuracy(int blank) {
    return new Named(
        "sequenceAccuracy",
        (tf, prediction, target) -> {
          int steps = Math.toIntExact(target.asOutput().shape().get(1));
          int[] before = new int[steps];
          boolean[] first = new boolean[steps];
          first[0] = true;
          Arrays.setAll(before, step -> Math.max(0, step - 1));
          var axis = tf.constant(1);
          var none = tf.constant(blank);
          var last = tf.constant(-1);
          Operand<TInt32> wanted = tf.math.argMax(target, last, TInt32.class);
          Operand<TInt32> said = tf.math.argMax(prediction.logits(), last, TInt32.class);
          var isNew =
              tf.math.logicalOr(
                  tf.math.notEqual(said, tf.gather(said, tf.constant(before), axis)),
                  tf.constant(first));
          var isLabel = tf.math.logicalAnd(isNew, tf.math.notEqual(said, none));
          var counted = tf.dtypes.cast(isLabel, TInt32.class);
          // Where each label is in the order of all, from 0.
          var place = tf.math.sub(tf.math.cumsum(counted, axis), tf.constant(1));
          var there =
              tf.gather(wanted, tf.math.maximum(place, tf.constant(0)), axis, Gather.batchDims(1L));
          var isWrong = tf.math.logicalAnd(isLabel, tf.math.notEqual(said, there));
          var wrong = tf.sum(tf.dtypes.cast(isWrong, TInt32.class), axis);
          var labels = tf.sum(tf.dtypes.cast(tf.math.notEqual(wanted, none), TInt32.class), axis);
          var isRight =
              tf.math.logicalAnd(
                  tf.math.equal(wrong, tf.constant(0)),
                  tf.math.equal(tf.sum(counted, axis), labels));
          return tf.dtypes.cast(isRight, TFloat32.class);
        });
  }

  /** The mean of {@code |y - t|}. */
  public static Metric meanAbsoluteError() {
    return ofLoss(Losses.meanAbsoluteError());
  }

  /** The mean of {@code (y - t)^2}. */
  public static Metric meanSquaredError() {
    return ofLoss(Losses.meanSquaredError());
  }

  private static Metric ofLoss(Loss loss) {
    return new Named(loss.name(), loss.leavesMissingOut(), loss::perExample);
  }

  /** The mean over an example's places. */
  private static Operand<TFloat32> meanOfExample(
      Ops tf, Operand<TFloat32> each, Operand<TFloat32> target) {
    var rows = tf.stack(java.util.List.of(batch(tf, target), tf.constant(-1)));
    return tf.math.mean(tf.reshape(each, rows), tf.constant(new int[] {1}));
  }

  private static Operand<TInt32> batch(Ops tf, Operand<TFloat32> x) {
    return tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
  }
}
