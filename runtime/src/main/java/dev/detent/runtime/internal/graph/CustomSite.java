package dev.detent.runtime.internal.graph;

import dev.detent.runtime.layer.Computation;
import dev.detent.runtime.network.DeclaredWeight;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A custom operation in one pass. */
record CustomSite(PassBuilder graph, String layer, Ops tf, List<Operand<TFloat32>> inputs)
    implements Computation {

  @Override
  public Operand<TFloat32> weight(DeclaredWeight weight) {
    return new FreeWeight(graph, layer, weight).values();
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
