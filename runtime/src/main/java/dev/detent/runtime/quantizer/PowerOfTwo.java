package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Scales that are powers of two, trained by gradients (Jain et al., 2020, "Trained Quantization
 * Thresholds for Accurate and Efficient Fixed-Point Inference of Deep Neural Networks").
 *
 * <p>The parameter is the base-2 logarithm of a threshold {@code t}, and {@code scale = 2^ceil(log2
 * t) / n} with {@code n = 2^(bits-1)}, or {@code 2^bits} for activations that are at least 0
 * (section 3). With {@code v = x / scale}, its gradient is {@code scale * ln 2} times {@code
 * round(v) - v} inside and the end's integer outside. It starts at the largest magnitude of the
 * calibration.
 */
public final class PowerOfTwo implements WeightQuantizer, ActivationQuantizer {
  private static final String THRESHOLD = "log2_threshold";

  /** The smallest threshold: that of a channel or tensor which is always 0. */
  private static final float SMALLEST = 0x1p-20f;

  /** Between these exponents the scales of all widths are normal floats. */
  private static final float LARGEST_EXPONENT = 64;

  /** The quantizer. */
  public PowerOfTwo() {}

  @Override
  public Grid grid(Site site) {
    Ops tf = site.tf();
    Operand<TFloat32> threshold = site.parameter(THRESHOLD, 0, site.scaleShape());
    float shift = site.isUnsigned() ? site.bits() : site.bits() - 1;
    var bound = tf.constant(LARGEST_EXPONENT);
    var exponent =
        tf.math.minimum(tf.math.maximum(tf.math.ceil(threshold), tf.math.neg(bound)), bound);
    var power = PowersOfTwo.of(tf, tf.math.sub(exponent, tf.constant(shift)));
    Operand<TFloat32> scale =
        site.withGradient(
            power,
            List.of(threshold),
            (ops, dy) ->
                List.of(ops.math.mul(dy, ops.math.mul(power, ops.constant((float) Math.log(2))))));
    return site.isUnsigned()
        ? Grid.of(site, scale, tf.constant((float) site.lowest()))
        : Grid.of(site, scale);
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
    Operand<TFloat32> largest = site.max(tf.math.abs(tensors.get(0)));
    for (Operand<TFloat32> more : tensors.subList(1, tensors.size())) {
      largest = tf.math.maximum(largest, site.max(tf.math.abs(more)));
    }
    var log =
        tf.math.div(
            tf.math.log(tf.math.maximum(largest, tf.constant(SMALLEST))),
            tf.constant((float) Math.log(2)));
    Operand<TFloat32> next = log;
    if (site.role() == Site.Role.ACTIVATION) {
      var before = site.parameter(THRESHOLD, 0, site.scaleShape());
      var isFirst = tf.math.equal(site.seen(), tf.constant(0f));
      next = tf.select(isFirst, log, tf.math.maximum(before, log));
    }
    site.update(THRESHOLD, next);
  }
}
