package dev.detent.runtime.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The metrics that come with Detent. */
public final class Metrics {
  /** The name of {@link #accuracy()}: {@value}. */
  public static final String ACCURACY = "accuracy";

  private Metrics() {}

  /** The share of examples whose largest output is the target's largest, in 0 to 1. */
  public static Metric accuracy() {
    return new Metric() {
      @Override
      public String name() {
        return ACCURACY;
      }

      @Override
      public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
        var axis = tf.constant(-1);
        Operand<TInt64> said = tf.math.argMax(prediction.logits(), axis);
        Operand<TInt64> is = tf.math.argMax(target, axis);
        var right = tf.dtypes.cast(tf.math.equal(said, is), TFloat32.class);
        return tf.math.mean(
            tf.reshape(right, tf.stack(java.util.List.of(batch(tf, right), tf.constant(-1)))),
            tf.constant(new int[] {1}));
      }
    };
  }

  /** The share of examples whose class is among the {@code k} largest outputs. */
  public static Metric topK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top " + k + "; k must be at least 1");
    }
    return new Metric() {
      @Override
      public String name() {
        return "top" + k;
      }

      @Override
      public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
        var classes = tf.math.argMax(target, tf.constant(-1));
        return tf.dtypes.cast(
            tf.nn.inTopK(prediction.logits(), classes, tf.constant((long) k)), TFloat32.class);
      }
    };
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
    return new Metric() {
      @Override
      public String name() {
        return loss.name();
      }

      @Override
      public Operand<TFloat32> perExample(Ops tf, Prediction prediction, Operand<TFloat32> target) {
        return loss.perExample(tf, prediction, target);
      }
    };
  }

  private static Operand<org.tensorflow.types.TInt32> batch(Ops tf, Operand<TFloat32> x) {
    return tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
  }
}
