package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The smallest and the largest value ever seen: the Python toolkit's {@code AllValuesQuantizer},
 * and what TFLite's converter takes in post-training quantization.
 */
public final class AllValues implements RangeQuantizer {
  @Override
  public Bounds observe(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen) {
    var first = tf.math.equal(seen, tf.constant(0f));
    return new Bounds(
        tf.select(first, batch.min(), tf.math.minimum(current.min(), batch.min())),
        tf.select(first, batch.max(), tf.math.maximum(current.max(), batch.max())));
  }
}
