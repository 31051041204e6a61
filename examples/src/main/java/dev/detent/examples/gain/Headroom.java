package dev.detent.examples.gain;

import dev.detent.runtime.quantizer.Grid;
import dev.detent.runtime.quantizer.Site;
import dev.detent.runtime.quantizer.WeightQuantizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code scale = 1.25 * max|w| / highest}: a fifth of the integers stays free. */
public final class Headroom implements WeightQuantizer {
  private static final float FACTOR = 1.25f;

  /** The quantizer. */
  public Headroom() {}

  @Override
  public Grid grid(Site site) {
    Ops tf = site.tf();
    Operand<TFloat32> largest = site.max(tf.math.abs(site.weights()));
    Operand<TFloat32> scale = tf.math.mul(largest, tf.constant(FACTOR / site.highest()));
    return Grid.of(site, tf.math.maximum(scale, tf.constant(Grid.SMALLEST_SCALE)));
  }
}
