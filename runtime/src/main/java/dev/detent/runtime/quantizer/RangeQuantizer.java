package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Finds the range of an activation from the batches that flow: the Java form of the Python
 * toolkit's activation {@code Quantizer}.
 */
@FunctionalInterface
public interface RangeQuantizer {

  /**
   * The range after one more batch.
   *
   * @param tf builds operations
   * @param current the range so far; meaningless while {@code seen} is 0
   * @param batch the smallest and largest value of this batch, over all tensors that share the
   *     range
   * @param seen how many batches were observed before, a scalar
   */
  Bounds observe(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen);
}
