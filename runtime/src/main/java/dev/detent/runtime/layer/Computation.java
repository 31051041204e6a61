package dev.detent.runtime.layer;

import dev.detent.runtime.network.DeclaredWeight;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A custom operation in one pass of the training graph. */
public interface Computation {
  /** TensorFlow's operations, their names in the scope of the layer. */
  Ops tf();

  /** What the layer reads: {@code [batch, ...]} each, on their grids in a quantized pass. */
  List<Operand<TFloat32>> inputs();

  /**
   * The values of a declared weight, {@link LayerSite#weight}; in a quantized pass on the grid that
   * the deployed tensor has.
   */
  Operand<TFloat32> weight(DeclaredWeight weight);

  /**
   * What a kernel makes of a result that it does not round half up: {@code deployed} as it is, with
   * the gradient of the real result.
   */
  Operand<TFloat32> straightThrough(Operand<TFloat32> deployed, Operand<TFloat32> real);

  /** Whether this pass computes as the deployed model does. */
  boolean isQuantized();

  /** Whether this pass is one of training, in which layers such as dropout act. */
  boolean isTraining();
}
