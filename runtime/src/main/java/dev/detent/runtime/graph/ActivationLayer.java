package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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

  /** The output, quantized. */
  public LayerTensor output(ActivationRange range) {
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() == null || function.deployed() == null || !hasKernel(range)
            ? null
            : to ->
                function.deployed().of(graph.scope(name), graph.range(x.range()), to, x.operand());
    boolean isObserved = graph.pass().observing() && graph.quantized(range) != null;
    if (isObserved && function.alsoHeld() != null) {
      graph.range(range, x.shape()).observe(function.alsoHeld().of(graph.scope(name), read()));
    }
    return graph.finish(name, real(), deployed, activation, range, logits);
  }

  /**
   * What is read; where its grid is the kernel's, the ends of that too, which no value may reach.
   */
  private Operand<TFloat32> read() {
    ActivationRange from = x.range();
    if (from == null || from.kind() != ActivationRange.Kind.FIXED) {
      return x.operand();
    }
    Ops tf = graph.scope(name);
    var ends =
        new float[] {
          (float) ((from.lowest() - from.fixedZeroPoint()) * from.fixedScale()),
          (float) ((from.highest() - from.fixedZeroPoint()) * from.fixedScale())
        };
    return tf.concat(
        List.of(tf.reshape(x.operand(), tf.constant(new int[] {-1})), tf.constant(ends)),
        tf.constant(0));
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
