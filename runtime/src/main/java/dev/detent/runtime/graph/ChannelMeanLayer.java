package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** The mean over the last axis, which stays with size 1, under construction. */
public final class ChannelMeanLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;

  ChannelMeanLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    Ops tf = graph.scope(name);
    int axis = x.shape().length; // the batch is the first
    int channels = x.shape()[axis - 1];
    var mean = tf.math.mean(x.operand(), tf.constant(axis), Mean.keepDims(true));
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null
            ? null
            : to ->
                ReductionArithmetic.mean(
                    tf, graph.range(x.range()), to, x.operand(), new int[] {axis}, channels, true);
    graph.limit(range, ScaleLimit.mean(channels, x));
    return graph.finish(name, mean, deployed, Activation.NONE, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return output(null);
  }
}
