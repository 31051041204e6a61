package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A pooling: its output has the range of its input, as the kernels demand. */
public final class PoolLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final boolean average;
  private List<Long> poolSize = List.of(1L, 2L, 2L, 1L);
  private List<Long> strides = List.of(1L, 2L, 2L, 1L);
  private Padding padding = Padding.VALID;
  private Activation activation = Activation.NONE;

  PoolLayer(PassBuilder graph, String name, LayerTensor x, boolean average) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.average = average;
  }

  /** The window. */
  public PoolLayer poolSize(int height, int width) {
    poolSize = List.of(1L, (long) height, (long) width, 1L);
    return this;
  }

  /** The steps between windows. */
  public PoolLayer strides(int height, int width) {
    strides = List.of(1L, (long) height, (long) width, 1L);
    return this;
  }

  /** What happens at the edges. */
  public PoolLayer padding(Padding edges) {
    Convolutions.requireOfKernel(edges, name);
    padding = edges;
    return this;
  }

  /** The activation that TFLite fuses into the operation. */
  public PoolLayer activation(Activation fused) {
    activation = fused;
    return this;
  }

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    if (graph.quantized(range) == null) {
      return output();
    }
    Ops scoped = graph.scope(name);
    Operand<TFloat32> pooled = pool(scoped, x.operand());
    if (average && graph.pass().quantized()) {
      RangeNodes nodes = graph.range(range);
      pooled =
          CustomGradients.straightThrough(
              scoped,
              IntegerArithmetic.averageOfGrid(
                  scoped, nodes, grid -> pool(scoped, grid), x.operand()),
              pooled);
    }
    var y = PassBuilder.activate(scoped, pooled, activation);
    if (activation == Activation.RELU6 && graph.pass().quantized()) {
      y = graph.range(range).fakeQuantize(y); // 6 need not lie on the grid
    } else if (activation == Activation.RELU_N1_TO_1 && graph.pass().quantized()) {
      y = IntegerArithmetic.withinOne(scoped, graph.range(range), pooled);
    }
    return graph.put(name, y, range, null);
  }

  /** The output, float. */
  public LayerTensor output() {
    Ops scoped = graph.scope(name);
    return graph.put(
        name, PassBuilder.activate(scoped, pool(scoped, x.operand()), activation), null, null);
  }

  private Operand<TFloat32> pool(Ops scoped, Operand<TFloat32> of) {
    return average
        ? scoped.nn.avgPool(of, poolSize, strides, padding.name())
        : scoped.nn.maxPool(
            of, scoped.constant(ints(poolSize)), scoped.constant(ints(strides)), padding.name());
  }

  private static int[] ints(List<Long> values) {
    return values.stream().mapToInt(Math::toIntExact).toArray();
  }
}
