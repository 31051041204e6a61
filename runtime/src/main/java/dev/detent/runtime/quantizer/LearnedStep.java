package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * LSQ: the step is trained by gradients (Esser et al., 2020, "Learned Step Size Quantization").
 *
 * <p>The gradient is that of section 2.1, {@link Grid#quantizeLearned}, times {@code 1 / sqrt(N *
 * Q)} (section 2.2), where {@code N} is the number of weights that have the step, or of values of
 * one example, and {@code Q} the largest integer. It starts at {@code 2 * mean |v| / sqrt(Q)}
 * (section 2), the mean over all batches of the calibration; where that is coarser than needed for
 * the largest {@code |v|}, as above 4 bits it mostly is, at {@code max |v| / Q}, so that all
 * integers are in use. Optimizers such as Adam move a step by the learning rate whatever its
 * gradient's size, so that few epochs do not mend a start that is far off.
 *
 * <p>Activations that are at least 0 have the integers above the lowest one, as unsigned ones in
 * the paper; all others the zero point 0. With one step for each channel the paper's per-layer
 * formulas hold for each of them.
 */
public final class LearnedStep implements WeightQuantizer, ActivationQuantizer {
  private static final String STEP = "step";

  /** The quantizer. */
  public LearnedStep() {}

  @Override
  public Grid grid(Site site) {
    Operand<TFloat32> step = site.parameter(STEP, 1, site.scaleShape());
    Operand<TFloat32> scale =
        Grid.positive(
            site, site.scaleGradient(step, 1 / Math.sqrt(site.valuesPerScale() * steps(site))));
    return site.isUnsigned()
        ? Grid.of(site, scale, site.tf().constant((float) site.lowest()))
        : Grid.of(site, scale);
  }

  /** The paper's Q: how many steps the largest value is from 0. */
  private static double steps(Site site) {
    return site.isUnsigned() ? site.highest() - site.lowest() : site.highest();
  }

  @Override
  public Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
    return grid.quantizeLearned(x);
  }

  @Override
  public void observe(Site site, List<Operand<TFloat32>> tensors) {
    if (site.mode() != Site.Mode.CALIBRATING) {
      return;
    }
    Ops tf = site.tf();
    Operand<TFloat32> sum = tf.constant(0f);
    Operand<TFloat32> count = tf.constant(0f);
    Operand<TFloat32> largest = tf.constant(0f);
    for (Operand<TFloat32> x : tensors) {
      var ones = tf.onesLike(x);
      sum = tf.math.add(sum, site.sum(tf.math.abs(x)));
      count = tf.math.add(count, site.sum(ones));
      largest = tf.math.maximum(largest, site.max(tf.math.abs(x)));
    }
    var ofMean =
        tf.math.mul(tf.math.div(sum, count), tf.constant((float) (2 / Math.sqrt(steps(site)))));
    var ofLargest = tf.math.mul(largest, tf.constant((float) (1 / steps(site))));
    var first = tf.math.minimum(ofMean, ofLargest);
    Operand<TFloat32> mean = first;
    if (site.role() == Site.Role.ACTIVATION) {
      var before = site.parameter(STEP, 1, site.scaleShape());
      var gain = tf.math.div(tf.constant(1f), tf.math.add(site.seen(), tf.constant(1f)));
      mean = tf.math.add(before, tf.math.mul(tf.math.sub(first, before), gain));
    }
    site.update(STEP, mean);
  }
}
