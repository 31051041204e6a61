package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An activation that is an operation of its own, under construction. */
public final class ActivationLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private final ActivationFunction function;
  private Activation activation = Activation.NONE;
  private Operand<TFloat32> logits;

  ActivationLayer(PassBuilder graph, String name, LayerTensor x, ActivationFunction function) {
    this.graph = graph;
    this.name = name;
    this.x = x;
    this.function = function;
  }

  /** Where the loss is taken, being stable there. */
  ActivationLayer logits(LayerTensor from) {
    logits = from.operand();
    return this;
  }

  /** The activation that TFLite fuses into the operation. */
  public ActivationLayer activation(Activation fused) {
    activation = fused;
    return this;
  }

  /** The output, quantized: in the range that the kernel prescribes, where it does. */
  public LayerTensor output(ActivationRange asked) {
    ActivationRange range = function.range() == null ? asked : function.range().of(asked);
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null || function.deployed() == null || !hasKernel(range)
            ? null
            : to ->
                function.deployed().of(graph.scope(name), graph.range(x.range()), to, x.operand());
    graph.limit(range, function.limit().of(activation, x));
    return graph.finish(name, real(), deployed, activation, range, logits);
  }

  /** Other widths are simulated only: the real result is rounded once. */
  private boolean hasKernel(ActivationRange range) {
    return range != null && range.bits() == Byte.SIZE && x.range().bits() == Byte.SIZE;
  }

  /** The output, float. */
  public LayerTensor output() {
    return graph.finish(name, real(), null, activation, null, logits);
  }

  private Operand<TFloat32> real() {
    return function.real().of(graph.scope(name), x.operand());
  }
}
