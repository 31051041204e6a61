package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A quantizer that follows the smallest and the largest value that flow, kept as the states {@code
 * min} and {@code max}. A calibration finds the extremes of all its batches, as TFLite's converter
 * does in post-training quantization, unless it is told another way ({@link HistogramQuantizer}); a
 * training goes on from there by the subclass's rule.
 */
public abstract class MinMaxQuantizer implements ActivationQuantizer {
  private static final String MIN = "min";
  private static final String MAX = "max";

  /** For subclasses. */
  protected MinMaxQuantizer() {}

  /**
   * The range after one more batch of a training.
   *
   * @param tf builds operations
   * @param current the range so far; meaningless while {@code seen} is 0
   * @param batch the smallest and largest value of this batch, over all tensors that share the
   *     range
   * @param seen how many batches were observed before, a scalar
   */
  protected abstract Bounds next(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen);

  @Override
  public final Grid grid(Site site) {
    return Grid.betweenFitted(site, current(site));
  }

  /**
   * Updates the states to a range that was put there from outside, {@linkplain Bounds#fitted
   * fitted} to what the site demands; a range that was fitted before stays.
   */
  public final void fit(Site site) {
    update(site, current(site));
  }

  private static Bounds current(Site site) {
    return new Bounds(
        site.state(MIN, site.isNonNegative() ? 0 : -1), site.state(MAX, 1)); // until calibrated
  }

  @Override
  public final void observe(Site site, List<Operand<TFloat32>> tensors) {
    Ops tf = site.tf();
    Bounds batch = Bounds.of(site, tensors);
    Bounds next =
        site.mode() == Site.Mode.CALIBRATING
            ? current(site).widenedBy(tf, batch, site.seen())
            : next(tf, current(site), batch, site.seen());
    update(site, next);
  }

  private static void update(Site site, Bounds next) {
    Bounds fitted = next.fitted(site);
    site.update(MIN, fitted.min());
    site.update(MAX, fitted.max());
  }
}
