package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.Reduction;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Axes that become one value in one pass: their mean, sum or largest value. */
record ReductionLayer(PassBuilder graph, Reduction reduction, LayerTensor x) {

  LayerTensor build() {
    Ops tf = graph.scope(reduction.name());
    int[] axes = reduction.axes().stream().mapToInt(Integer::intValue).toArray();
    var over = tf.constant(axes);
    boolean keepDims = reduction.keepDims();
    ActivationRange range = reduction.output().range();
    return switch (reduction.kind()) {
      case MEAN -> finish(tf, tf.math.mean(x.operand(), over, Mean.keepDims(keepDims)), axes);
      case SUM -> finish(tf, tf.reduceSum(x.operand(), over, ReduceSum.keepDims(keepDims)), axes);
      case MAX ->
          graph.put(
              reduction.name(),
              tf.reduceMax(x.operand(), over, ReduceMax.keepDims(keepDims)),
              graph.quantized(range),
              null);
    };
  }

  private LayerTensor finish(Ops tf, Operand<TFloat32> real, int[] axes) {
    return graph.finish(
        reduction.name(),
        real,
        x.range() == null ? null : to -> deployed(tf, graph.range(x.range()), to, axes),
        Activation.NONE,
        reduction.output().range(),
        null);
  }

  private Operand<TFloat32> deployed(Ops tf, RangeNodes from, RangeNodes to, int[] axes) {
    int count = reduction.x().elements() / reduction.output().elements();
    boolean keepDims = reduction.keepDims();
    if (reduction.kind() == Reduction.Kind.SUM) {
      return ReductionArithmetic.sum(tf, from, to, x.operand(), axes, count, keepDims);
    }
    int[] shape = x.shape();
    boolean isOfEachChannel =
        shape.length <= 3
            && Arrays.equals(axes, shape.length == 3 ? new int[] {1, 2} : new int[] {1});
    return isOfEachChannel
        ? IntegerArithmetic.meanOfGrid(tf, from, to, x.operand(), count, keepDims)
        : ReductionArithmetic.mean(tf, from, to, x.operand(), axes, count, keepDims);
  }
}
