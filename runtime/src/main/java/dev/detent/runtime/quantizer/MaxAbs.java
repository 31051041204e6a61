package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The default of weights: {@code scale = max|w| / highest}, of each output channel or of the whole
 * tensor (TensorFlow Lite 8-bit quantization specification, "Symmetric vs asymmetric";
 * Krishnamoorthi, 2018, "Quantizing deep convolutional networks for efficient inference", section
 * 2). Nothing is clipped, so the gradient passes whole.
 */
public final class MaxAbs implements WeightQuantizer {

  /** The quantizer. */
  public MaxAbs() {}

  @Override
  public Grid grid(Site site) {
    Ops tf = site.tf();
    var largest = site.max(tf.math.abs(site.weights()));
    Operand<TFloat32> scale =
        tf.math.maximum(
            tf.math.div(largest, tf.constant((float) site.highest())),
            tf.constant(Grid.SMALLEST_SCALE));
    return Grid.of(site, site.isPowerOfTwo() ? PowersOfTwo.atLeast(tf, scale) : scale);
  }

  @Override
  public Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
    return site.straightThrough(grid.nearest(x), x);
  }
}
