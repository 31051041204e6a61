package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.Pool;
import dev.detent.runtime.network.Operation.Window;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A pooling in one pass: its output has the range of its input, as the kernels demand. */
record PoolLayer(PassBuilder graph, Pool pool, LayerTensor x) {

  LayerTensor build() {
    Ops tf = graph.scope(pool.name());
    var range = graph.quantized(pool.output().range());
    boolean isOnGrid = range != null && graph.pass().quantized();
    Activation activation = pool.activation();
    Operand<TFloat32> pooled = pool(tf, x.operand());
    if (isOnGrid && pool.kind() == Pool.Kind.AVERAGE) {
      pooled =
          CustomGradients.straightThrough(
              tf,
              IntegerArithmetic.averageOfGrid(
                  tf, graph.range(range), grid -> pool(tf, grid), x.operand()),
              pooled);
    }
    var y = PassBuilder.activate(tf, pooled, activation);
    if (isOnGrid && activation == Activation.RELU6) {
      y = graph.range(range).fakeQuantize(y); // 6 need not lie on the grid
    } else if (isOnGrid && activation == Activation.RELU_N1_TO_1) {
      y = IntegerArithmetic.withinOne(tf, graph.range(range), pooled);
    }
    return graph.put(pool.name(), y, range, null);
  }

  private Operand<TFloat32> pool(Ops tf, Operand<TFloat32> of) {
    Window window = pool.window();
    int[] size = {1, pool.height(), pool.width(), 1};
    int[] strides = {1, window.strideHeight(), window.strideWidth(), 1};
    String padding = window.padding().name();
    return switch (pool.kind()) {
      case AVERAGE -> tf.nn.avgPool(of, longs(size), longs(strides), padding);
      case MAX -> tf.nn.maxPool(of, tf.constant(size), tf.constant(strides), padding);
    };
  }

  private static List<Long> longs(int[] values) {
    return java.util.Arrays.stream(values).asLongStream().boxed().toList();
  }
}
