package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.Reduction;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Axes that become one value in one pass: their mean, sum or largest value. */
record ReductionLayer(PassBuilder graph, Ops tf, Reduction reduction, LayerTensor x) {

  LayerTensor build() {
    int[] axes = reduction.axes().stream().mapToInt(Integer::intValue).toArray();
    var over = tf.constant(axes);
    boolean keepDims = reduction.keepDims();
    return switch (reduction.kind()) {
      case MEAN -> finish(tf.math.mean(x.operand(), over, Mean.keepDims(keepDims)), axes);
      case SUM -> finish(tf.reduceSum(x.operand(), over, ReduceSum.keepDims(keepDims)), axes);
      case MAX ->
          graph.tied(reduction, tf.reduceMax(x.operand(), over, ReduceMax.keepDims(keepDims)));
    };
  }

  private LayerTensor finish(Operand<TFloat32> real, int[] axes) {
    Optional<PassBuilder.Deployed> deployed =
        graph.grid(x).map(from -> to -> deployed(new Kernel(tf, from, to, x.operand()), axes));
    return graph.finish(reduction, real, Activation.NONE, deployed, Optional.empty());
  }

  private Operand<TFloat32> deployed(Kernel kernel, int[] axes) {
    int count = reduction.x().elements() / reduction.output().elements();
    boolean keepDims = reduction.keepDims();
    if (reduction.kind() == Reduction.Kind.SUM) {
      return kernel.sum(axes, count, keepDims);
    }
    int rank = x.shape().length;
    boolean isOfEachChannel =
        rank <= 3 && Arrays.equals(axes, rank == 3 ? new int[] {1, 2} : new int[] {1});
    return isOfEachChannel
        ? kernel.meanOfChannels(count, keepDims)
        : kernel.mean(axes, count, keepDims);
  }
}
