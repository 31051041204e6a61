package dev.detent.runtime.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Layers that disturb their input in training and hand it on unchanged otherwise; they draw from
 * the model's seed, their name and the number of the step, so that a run can be repeated.
 */
final class TrainingNoise {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final Ops tf;

  TrainingNoise(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.tf = graph.scope(name);
  }

  /** Values to 0 at random, the others divided by {@code 1 - rate}. */
  LayerTensor dropout(double rate) {
    return dropout(rate, tf.shape(x.operand()));
  }

  /** Whole channels to 0 at random, the others divided by {@code 1 - rate}. */
  LayerTensor spatialDropout(double rate) {
    // One draw for each example and channel: [batch, 1, ..., channels].
    int[] shape = x.shape();
    List<Operand<TInt32>> size = new ArrayList<>();
    size.add(
        tf.reshape(
            tf.slice(tf.shape(x.operand()), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
            tf.constant(new int[0])));
    for (int i = 0; i < shape.length; i++) {
      size.add(tf.constant(i == shape.length - 1 ? shape[i] : 1));
    }
    return dropout(rate, tf.stack(size));
  }

  /**
   * One draw for each value of a tensor that the input is multiplied with.
   *
   * @param size of that tensor; sizes of 1 are repeated
   */
  private LayerTensor dropout(double rate, Operand<TInt32> size) {
    if (!graph.pass().training() || rate == 0) {
      return graph.alias(name, x);
    }
    var uniform = tf.random.statelessRandomUniform(size, seeds(), TFloat32.class);
    var kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant((float) rate)), TFloat32.class);
    var scaled = tf.math.mul(kept, tf.constant((float) (1 / (1 - rate))));
    return graph.put(name, tf.math.mul(x.operand(), scaled), x.range(), null);
  }

  /** A normal distribution of mean 0 added. */
  LayerTensor gaussian(double stddev) {
    if (!graph.pass().training() || stddev == 0) {
      return graph.alias(name, x);
    }
    var noise = tf.random.statelessRandomNormal(tf.shape(x.operand()), seeds(), TFloat32.class);
    var scaled = tf.math.mul(noise, tf.constant((float) stddev));
    return graph.put(name, tf.math.add(x.operand(), scaled), x.range(), null);
  }

  private Operand<TInt64> seeds() {
    return tf.stack(List.of(graph.step(), tf.constant(Initializers.mix(graph.seed(), name))));
  }
}
