package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.network.Operation.Pool;
import dev.detent.runtime.network.Operation.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A pooling in one pass: its output has the range of its input, as the kernels demand. */
record PoolLayer(PassBuilder graph, Ops tf, Pool pool, LayerTensor x) {

  LayerTensor build() {
    Activation activation = pool.activation();
    Optional<RangeNodes> grid = graph.grid(pool);
    Operand<TFloat32> real = pool(x.operand());
    Operand<TFloat32> pooled =
        grid.filter(nodes -> pool.kind() == Pool.Kind.AVERAGE)
            .map(nodes -> new Kernel(tf, nodes, nodes, x.operand()).averaged(this::pool))
            .map(deployed -> CustomGradients.straightThrough(tf, deployed, real))
            .orElse(real);
    var y = PassBuilder.activate(tf, pooled, activation);
    if (grid.isPresent() && activation == Activation.RELU6) {
      y = grid.get().fakeQuantize(y); // 6 need not lie on the grid
    } else if (grid.isPresent() && activation == Activation.RELU_N1_TO_1) {
      y = new IntegerArithmetic(tf).withinOne(grid.get(), pooled);
    }
    return graph.tied(pool, y);
  }

  private Operand<TFloat32> pool(Operand<TFloat32> of) {
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
    return Arrays.stream(values).asLongStream().boxed().toList();
  }
}
