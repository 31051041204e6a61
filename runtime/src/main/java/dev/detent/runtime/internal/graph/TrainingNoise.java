package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.Operation.Noise;
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
record TrainingNoise(PassBuilder graph, Ops tf, Noise noise, LayerTensor x) {

  LayerTensor build() {
    if (!graph.pass().training() || noise.amount() == 0) {
      return graph.alias(noise.name(), x);
    }
    var disturbed =
        switch (noise.kind()) {
          case DROPOUT -> dropout(tf.shape(x.operand()));
          case SPATIAL_DROPOUT -> dropout(oneForAll(x.shape()[x.shape().length - 1]));
          case STOCHASTIC_DEPTH -> dropout(oneForAll(1));
          case GAUSSIAN -> gaussian();
        };
    return graph.put(noise, disturbed, x.range());
  }

  /** {@code [batch, 1, ..., last]}: of each example one draw for all but the last axis. */
  private Operand<TInt32> oneForAll(int last) {
    int[] shape = x.shape();
    List<Operand<TInt32>> size = new ArrayList<>();
    size.add(
        tf.reshape(
            tf.slice(tf.shape(x.operand()), tf.constant(new int[] {0}), tf.constant(new int[] {1})),
            tf.constant(new int[0])));
    for (int i = 0; i < shape.length; i++) {
      size.add(tf.constant(i == shape.length - 1 ? last : 1));
    }
    return tf.stack(size);
  }

  /**
   * Values to 0 at random, the others divided by {@code 1 - rate}.
   *
   * @param size of the tensor of draws, which the input is multiplied with; sizes of 1 are repeated
   */
  private Operand<TFloat32> dropout(Operand<TInt32> size) {
    var uniform = tf.random.statelessRandomUniform(size, seeds(), TFloat32.class);
    var rate = tf.constant((float) noise.amount());
    var kept = tf.dtypes.cast(tf.math.greaterEqual(uniform, rate), TFloat32.class);
    var scaled = tf.math.mul(kept, tf.constant((float) (1 / (1 - noise.amount()))));
    return tf.math.mul(x.operand(), scaled);
  }

  /** A normal distribution of mean 0 added. */
  private Operand<TFloat32> gaussian() {
    var normal = tf.random.statelessRandomNormal(tf.shape(x.operand()), seeds(), TFloat32.class);
    var scaled = tf.math.mul(normal, tf.constant((float) noise.amount()));
    return tf.math.add(x.operand(), scaled);
  }

  private Operand<TInt64> seeds() {
    return tf.stack(
        List.of(graph.step(), tf.constant(Initializers.mix(graph.seed(), noise.name()))));
  }
}
