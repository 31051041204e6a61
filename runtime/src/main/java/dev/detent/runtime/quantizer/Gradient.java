package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of the inputs of a computation, in their order, given that of its output.
 *
 * <p>TensorFlow holds the graph's lock while it asks for gradients. Operations can be built then,
 * by the {@code tf} that is given here and by the site's methods; one that was kept from before is
 * refused ("gradients prefix"). To ask an operand for its shape waits for ever: what depends on
 * shapes is read before.
 */
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
