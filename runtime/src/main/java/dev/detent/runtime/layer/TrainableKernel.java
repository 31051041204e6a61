package dev.detent.runtime.layer;

import dev.detent.runtime.network.Operation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What the training graph runs of a custom operation in its place. */
@FunctionalInterface
public interface TrainableKernel extends Operation.CustomKernel {
  /** The result in one pass, before the activation. */
  Operand<TFloat32> compute(Computation computation);
}
