package dev.detent.runtime.internal.graph;

import dev.detent.runtime.network.BatchNormalization;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A batch norm's variables in one pass, and what follows from them: {@code y = x * factor + shift}
 * with {@code factor = gamma / sqrt(variance + epsilon)} and {@code shift = beta - mean * factor},
 * one of each a channel (Ioffe and Szegedy, 2015).
 *
 * @param graph of the pass
 * @param norm its numbers
 * @param owner the layer whose variables they are
 * @param channels how many there are
 */
record BatchNormParts(PassBuilder graph, BatchNormalization norm, String owner, int channels) {

  /** Trained, or ones. */
  Operand<TFloat32> gamma(Ops tf) {
    return norm.scale()
        ? graph.read(variable("gamma", Variables.Role.TRAINABLE, 1))
        : constant(tf, 1);
  }

  /** Trained, or zeros. */
  Operand<TFloat32> beta(Ops tf) {
    return norm.center()
        ? graph.read(variable("beta", Variables.Role.TRAINABLE, 0))
        : constant(tf, 0);
  }

  /** The moving mean. */
  Operand<TFloat32> mean() {
    return graph.read(movingMean());
  }

  /** The moving variance. */
  Operand<TFloat32> variance() {
    return graph.read(movingVariance());
  }

  /** What is multiplied with. */
  Operand<TFloat32> factor(Ops tf, Operand<TFloat32> variance) {
    var deviation = tf.math.sqrt(tf.math.add(variance, tf.constant((float) norm.epsilon())));
    return tf.math.div(gamma(tf), deviation);
  }

  /**
   * What is added.
   *
   * @param bias of what the batch norm reads
   */
  Operand<TFloat32> shift(
      Ops tf, Operand<TFloat32> mean, Operand<TFloat32> factor, Optional<Operand<TFloat32>> bias) {
    Operand<TFloat32> centered = bias.isEmpty() ? tf.math.neg(mean) : tf.math.sub(bias.get(), mean);
    var shift = tf.math.mul(centered, factor);
    return norm.center() ? tf.math.add(shift, beta(tf)) : shift;
  }

  /** Has the moving statistics follow those of a batch. */
  void follow(Ops tf, Operand<TFloat32> mean, Operand<TFloat32> variance) {
    follow(tf, movingMean(), mean);
    follow(tf, movingVariance(), variance);
  }

  private void follow(Ops tf, Variables.Variable statistic, Operand<TFloat32> ofBatch) {
    var before = graph.statistic(statistic);
    var gain = tf.constant((float) (1 - norm.momentum()));
    graph.addStatisticUpdate(
        new Update(
            statistic, tf.math.add(before, tf.math.mul(tf.math.sub(ofBatch, before), gain))));
  }

  private Variables.Variable movingMean() {
    return variable("moving_mean", Variables.Role.STATISTIC, 0);
  }

  private Variables.Variable movingVariance() {
    return variable("moving_variance", Variables.Role.STATISTIC, 1);
  }

  private Variables.Variable variable(String part, Variables.Role role, float initial) {
    return graph.declare(
        owner + "/" + part, new int[] {channels}, role, Variables.InitialValues.constant(initial));
  }

  private Operand<TFloat32> constant(Ops tf, float value) {
    float[] values = new float[channels];
    Arrays.fill(values, value);
    return tf.constant(values);
  }
}
