package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The smallest and the largest value ever seen: the Python toolkit's {@code AllValuesQuantizer},
 * and what TFLite's converter takes in post-training quantization.
 */
public final class AllValues extends MinMaxQuantizer {

  /** The quantizer. */
  public AllValues() {}

  @Override
  protected Bounds next(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen) {
    return current.widenedBy(tf, batch, seen);
  }
}
