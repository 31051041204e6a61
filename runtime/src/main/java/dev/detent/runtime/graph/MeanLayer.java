package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A mean over height and width, or over the steps of a row. */
public final class MeanLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private boolean keepDims;

  MeanLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
  }

  /** Whether the two axes stay, with size 1. */
  public MeanLayer keepDims(boolean keep) {
    keepDims = keep;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    int count = 1;
    for (int axis : axes(x)) {
      count *= x.shape()[axis - 1];
    }
    int values = count;
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null
            ? null
            : to ->
                IntegerArithmetic.meanOfGrid(
                    graph.scope(name), graph.range(x.range()), to, x.operand(), values, keepDims);
    graph.limit(range, ScaleLimit.mean(values, x));
    return graph.finish(name, mean(), deployed, Activation.NONE, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    return graph.finish(name, mean(), null, Activation.NONE, null, null);
  }

  /** All but the batch and the channels. */
  static int[] axes(LayerTensor x) {
    return x.shape().length == 3 ? new int[] {1, 2} : new int[] {1};
  }

  private Operand<TFloat32> mean() {
    Ops scoped = graph.scope(name);
    return scoped.math.mean(
        x.operand(), scoped.constant(axes(x)), org.tensorflow.op.math.Mean.keepDims(keepDims));
  }
}
