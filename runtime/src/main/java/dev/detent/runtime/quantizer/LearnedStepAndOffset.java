package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * LSQ+: step and offset are trained by gradients (Bhalgat et al., 2020, "LSQ+: Improving low-bit
 * quantization through learnable offsets and better initialization").
 *
 * <p>{@code x' = round(clip((x - offset) / step, lowest, highest)) * step + offset} (section 3.1),
 * with the gradients given there: to the step {@code round(v) - v} inside and the end's integer
 * outside, to the offset 0 inside and 1 outside. TFLite's zero point is an integer, so {@code
 * offset = -zeroPoint * step} is rounded to one, the gradient passing as if it were not. Both start
 * at the extremes of the calibration (section 3.2): {@code step = (max - min) / (highest -
 * lowest)}, {@code offset = min - lowest * step}. Gradients of both are scaled as {@link
 * LearnedStep} scales that of the step.
 *
 * <p>Where the zero point must be 0 there is no offset.
 */
public final class LearnedStepAndOffset implements ActivationQuantizer {
  private static final String STEP = "step";
  private static final String OFFSET = "offset";
  private static final String MIN = "min";
  private static final String MAX = "max";

  /** The quantizer. */
  public LearnedStepAndOffset() {}

  @Override
  public Grid grid(Site site) {
    Ops tf = site.tf();
    site.state(MIN, 0);
    site.state(MAX, 0);
    double gain = 1 / Math.sqrt(site.valuesPerScale() * (site.highest() - site.lowest()));
    Operand<TFloat32> scale =
        Grid.positive(site, site.scaleGradient(site.parameter(STEP, 1), gain));
    if (site.isSymmetric()) {
      return Grid.of(site, scale);
    }
    var offset = site.scaleGradient(site.parameter(OFFSET, 0), gain);
    var zeroPoint =
        tf.math.minimum(
            tf.math.maximum(
                tf.math.neg(tf.math.div(offset, scale)), tf.constant((float) site.lowest())),
            tf.constant((float) site.highest()));
    return Grid.of(site, scale, site.round(zeroPoint));
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
    Bounds seen = new Bounds(site.state(MIN, 0), site.state(MAX, 0));
    Bounds wide = seen.widenedBy(tf, Bounds.of(site, tensors), site.seen());
    Bounds fitted = wide.fitted(site);
    var step =
        tf.math.div(
            tf.math.sub(fitted.max(), fitted.min()),
            tf.constant((float) (site.highest() - site.lowest())));
    site.update(MIN, wide.min());
    site.update(MAX, wide.max());
    site.update(STEP, step);
    if (!site.isSymmetric()) {
      site.update(
          OFFSET, tf.math.sub(fitted.min(), tf.math.mul(step, tf.constant((float) site.lowest()))));
    }
  }
}
