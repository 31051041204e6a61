package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.KernelRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * {@code y = x / |x|} along the last axis, under construction. Its range is fixed: scale 1/128,
 * zero point 0.
 *
 * <p>Its gradient grows without bound as {@code x} goes to 0. In training it is therefore the one
 * of {@code x / sqrt(|x|^2 + n epsilon)}, with {@code n} channels.
 */
public final class L2NormalizationLayer {
  /** What TFLite's float kernel takes a shorter vector's length for: {@value}. */
  private static final float SHORTEST = 1e-6f;

  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private double epsilon;

  L2NormalizationLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
  }

  /** Added to the mean of the squares in the gradient; without the call 0. */
  public L2NormalizationLayer epsilon(double value) {
    epsilon = value;
    return this;
  }

  /** The output, quantized in the range that the kernel prescribes. */
  public LayerTensor output(ActivationRange asked) {
    ActivationRange range = KernelRange.L2_NORMALIZATION.of(asked);
    Ops tf = graph.scope(name);
    int axis = x.shape().length; // the batch is the first
    var squares =
        tf.reduceSum(tf.math.square(x.operand()), tf.constant(axis), ReduceSum.keepDims(true));
    var length = tf.math.maximum(tf.math.sqrt(squares), tf.constant(SHORTEST));
    Operand<TFloat32> unit = tf.math.div(x.operand(), length);
    if (graph.pass().training() && epsilon > 0) {
      float added = (float) (epsilon * x.shape()[axis - 1]);
      var surrogate =
          tf.math.mul(x.operand(), tf.math.rsqrt(tf.math.add(squares, tf.constant(added))));
      unit = CustomGradients.straightThrough(tf, unit, surrogate);
    }
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null || x.range().bits() != Byte.SIZE || range.bits() != Byte.SIZE
            ? null // other widths are simulated only: the real result is rounded once
            : to -> ActivationKernels.l2Normalized(tf, graph.range(x.range()), to, x.operand());
    return graph.finish(name, unit, deployed, Activation.NONE, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return output(null);
  }
}
