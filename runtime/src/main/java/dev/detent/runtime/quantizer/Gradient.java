package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The gradients of the inputs of a computation, in their order, given that of its output. */
@FunctionalInterface
public interface Gradient {
  /**
   * Builds the gradients.
   *
   * @param tf builds operations
   * @param dy the gradient of the output
   * @return one for each input, of its shape
   */
  List<Operand<TFloat32>> of(Ops tf, Operand<TFloat32> dy);
}
