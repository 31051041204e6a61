package dev.detent.runtime.internal.graph;

import dev.detent.runtime.layer.Computation;
import dev.detent.runtime.network.DeclaredWeight;
import dev.detent.runtime.quantizer.Grid;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A custom operation in one pass. */
record CustomSite(PassBuilder graph, String layer, Ops tf, List<Operand<TFloat32>> inputs)
    implements Computation {

  /** The export knows the weight as {@code layer/weight}. */
  @Override
  public Operand<TFloat32> weight(DeclaredWeight weight) {
    String name = layer + "/" + weight.name();
    Ops scoped = graph.scope(name);
    var variable = graph.trainable(name, weight.shape(), weight.initializer());
    var channels = ChannelAxes.last(weight.shape().length);
    var read = graph.read(variable);
    var kernel =
        graph
            .quantized(weight.quantization())
            .map(
                how ->
                    new QuantizedKernel(graph, scoped, name, how, read, weight.shape(), channels));
    if (kernel.isEmpty() || !isQuantized()) {
      graph.export(name, variable, channels, read, Optional.empty(), Optional.empty());
      return read;
    }
    var deployed = kernel.get().deployed(Optional.empty(), scoped.constant(Grid.SMALLEST_SCALE));
    var steps = Optional.of(deployed.steps());
    graph.export(name, variable, channels, deployed.integers(), Optional.empty(), steps);
    return deployed.values();
  }

  @Override
  public Operand<TFloat32> straightThrough(Operand<TFloat32> deployed, Operand<TFloat32> real) {
    return CustomGradients.straightThrough(tf, deployed, real);
  }

  @Override
  public boolean isQuantized() {
    return graph.pass().quantized();
  }

  @Override
  public boolean isTraining() {
    return graph.pass().training();
  }
}
