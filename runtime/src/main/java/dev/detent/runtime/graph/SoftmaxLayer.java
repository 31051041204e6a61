package dev.detent.runtime.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.KernelRange;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code exp(beta x) / sum(exp(beta x))} over the last axis, under construction. */
public final class SoftmaxLayer {
  private final PassBuilder graph;
  private final String name;
  private final LayerTensor x;
  private double beta = 1;

  SoftmaxLayer(PassBuilder graph, String name, LayerTensor x) {
    this.graph = graph;
    this.name = name;
    this.x = x;
  }

  /** What {@code x} is multiplied with; without the call 1. The deployed operation does it too. */
  public SoftmaxLayer beta(double factor) {
    beta = factor;
    return this;
  }

  /** The output, quantized in the range that the kernel prescribes. */
  public LayerTensor output(ActivationRange asked) {
    ActivationRange range = KernelRange.SOFTMAX.of(asked);
    Ops tf = graph.scope(name);
    Operand<TFloat32> logits =
        beta == 1 ? x.operand() : tf.math.mul(x.operand(), tf.constant((float) beta));
    Function<RangeNodes, Operand<TFloat32>> deployed =
        x.range() != null && x.range().bits() == Short.SIZE && beta == 1
            ? to -> IntegerArithmetic.softmax16(tf, graph.range(x.range()), to, x.operand())
            : null;
    return graph.finish(name, tf.nn.softmax(logits), deployed, Activation.NONE, range, logits);
  }

  /** The output, float. */
  public LayerTensor output() {
    return output(null);
  }
}
