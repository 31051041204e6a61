package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.CenteredUnit;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * {@code y = x / |x|} along the last axis in one pass. Its range is fixed: scale 1/128, zero point
 * 0.
 *
 * <p>Its gradient grows without bound as {@code x} goes to 0. In training it is therefore the one
 * of {@code x / sqrt(|x|^2 + n epsilon)}, with {@code n} channels.
 */
record L2NormalizationLayer(PassBuilder graph, Ops tf, CenteredUnit unit, LayerTensor x) {
  /** What TFLite's float kernel takes a shorter vector's length for: {@value}. */
  private static final float SHORTEST = 1e-6f;

  LayerTensor build() {
    int axis = x.shape().length; // the batch is the first
    var squares =
        tf.reduceSum(tf.math.square(x.operand()), tf.constant(axis), ReduceSum.keepDims(true));
    var length = tf.math.maximum(tf.math.sqrt(squares), tf.constant(SHORTEST));
    Operand<TFloat32> y = tf.math.div(x.operand(), length);
    if (graph.pass().training() && unit.epsilon() > 0) {
      float added = (float) (unit.epsilon() * x.shape()[axis - 1]);
      var surrogate =
          tf.math.mul(x.operand(), tf.math.rsqrt(tf.math.add(squares, tf.constant(added))));
      y = CustomGradients.straightThrough(tf, y, surrogate);
    }
    var deployed = graph.activation(unit, x, ActivationKernel::l2Normalized);
    return graph.finish(unit, y, Activation.NONE, deployed, Optional.empty());
  }
}
