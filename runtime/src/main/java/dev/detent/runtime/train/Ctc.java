package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.CustomGradients;
import dev.detent.runtime.internal.graph.LogSoftmax;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** See {@link Losses#ctc}. TensorFlow's operation has the gradient for a second output. */
record Ctc(int blank) implements Loss {
  private static final int[] TIME_MAJOR = {1, 0, 2};

  @Override
  public String name() {
    return "ctc(" + blank + ")";
  }

  @Override
  public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
    var logits = prediction.logits();
    long[] shape = target.asOutput().shape().asArray();
    int classes = (int) shape[shape.length - 1];
    if (shape.length != 3 || classes < 2 || blank >= classes) {
      throw new TrainingException(
          "%s takes an output of [steps, classes], of which one is the blank, not of %s"
              .formatted(this, Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length))));
    }
    int steps = (int) shape[1];
    Operand<TInt32> labels = tf.math.argMax(target, tf.constant(-1), TInt32.class);
    Operand<TBool> isLabel = tf.math.notEqual(labels, tf.constant(blank));
    var axis = tf.constant(1);
    var isEmpty =
        tf.math.equal(tf.sum(tf.dtypes.cast(isLabel, TInt32.class), axis), tf.constant(0));

    // The operation wants a label in each example: of none the loss is computed beside it.
    boolean[] first = new boolean[steps];
    first[0] = true;
    var isFed =
        tf.math.logicalOr(
            isLabel, tf.math.logicalAnd(tf.expandDims(isEmpty, axis), tf.constant(first)));
    // Its blank is the last class.
    var above = tf.dtypes.cast(tf.math.greater(labels, tf.constant(blank)), TInt32.class);
    var moved = tf.math.sub(labels, above);
    var fed = tf.math.mul(moved, tf.dtypes.cast(isLabel, TInt32.class));
    Operand<TInt64> places = tf.where(isFed);
    var ctc =
        tf.nn.ctcLoss(
            tf.linalg.transpose(
                tf.gather(logits, tf.constant(blankLast(classes)), tf.constant(2)),
                tf.constant(TIME_MAJOR)),
            places,
            tf.gatherNd(fed, places),
            tf.math.add(tf.zerosLike(tf.math.argMax(fed, axis, TInt32.class)), tf.constant(steps)));
    var withLabels =
        CustomGradients.apply(
            tf,
            ctc.loss(),
            List.of(logits),
            (ops, dy) -> {
              var gradient =
                  ops.gather(
                      ops.linalg.transpose(ctc.gradient(), ops.constant(TIME_MAJOR)),
                      ops.constant(blankBack(classes)),
                      ops.constant(2));
              return List.of(
                  ops.math.mul(gradient, ops.reshape(dy, ops.constant(new int[] {-1, 1, 1}))));
            });
    float[] onlyBlank = new float[classes];
    onlyBlank[blank] = -1;
    var withNone =
        tf.sum(
            tf.math.mul(LogSoftmax.of(tf, logits), tf.constant(onlyBlank)),
            tf.constant(new int[] {1, 2}));
    var none = tf.dtypes.cast(isEmpty, TFloat32.class);
    return tf.math.add(
        tf.math.mul(withLabels, tf.math.sub(tf.constant(1f), none)), tf.math.mul(withNone, none));
  }

  /** The classes with the blank behind them. */
  private int[] blankLast(int classes) {
    int[] order = new int[classes];
    Arrays.setAll(order, i -> i == classes - 1 ? blank : i < blank ? i : i + 1);
    return order;
  }

  /** Where each class is in that order. */
  private int[] blankBack(int classes) {
    int[] order = new int[classes];
    Arrays.setAll(order, i -> i == blank ? classes - 1 : i < blank ? i : i - 1);
    return order;
  }

  @Override
  public String toString() {
    return name();
  }
}
