package dev.detent.runtime.internal.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * {@code log(softmax(x))} over the last axis, whatever the rank. The gradient that TensorFlow has
 * for Java sums over the second axis, so that it is right for {@code [rows, classes]} alone.
 */
public final class LogSoftmax {
  private LogSoftmax() {}

  /** The logarithms of the probabilities, of the shape of x. */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    long[] shape = x.asOutput().shape().asArray();
    if (shape.length == 2) {
      return tf.nn.logSoftmax(x);
    }
    int classes = Math.toIntExact(shape[shape.length - 1]);
    var rows = tf.reshape(x, tf.constant(new int[] {-1, classes}));
    return tf.reshape(tf.nn.logSoftmax(rows), tf.shape(x));
  }
}
