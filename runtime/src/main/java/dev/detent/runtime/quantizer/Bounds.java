package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A smallest and a largest value in the graph, both scalars.
 *
 * @param min the smallest value
 * @param max the largest value
 */
public record Bounds(Operand<TFloat32> min, Operand<TFloat32> max) {

  /**
   * A range that is narrower holds a tensor that is always 0, as after a ReLU that never opens. It
   * is given the width 1: any scale serves such a tensor, but a tiny one would make the kernels'
   * multiplier, input scale times weight scale over output scale, larger than XNNPACK takes (256).
   */
  public static final float NARROWEST = 1e-6f;

  /** Up to 2^16 steps, divided and subtracted in float, are wrong by 2^16 * 4 * 2^-24 = 2^-6. */
  private static final float TIE = 0x1p-5f;

  /**
   * The extremes of a batch, in what is known of the values.
   *
   * @param tensors of a site with one scale, at least one
   */
  public static Bounds of(Site site, List<Operand<TFloat32>> tensors) {
    Ops tf = site.tf();
    Operand<TFloat32> min = site.isNonNegative() ? tf.constant(0f) : site.min(tensors.get(0));
    Operand<TFloat32> max = site.max(tensors.get(0));
    for (Operand<TFloat32> more : tensors.subList(1, tensors.size())) {
      min = site.isNonNegative() ? min : tf.math.minimum(min, site.min(more));
      max = tf.math.maximum(max, site.max(more));
    }
    return Double.isFinite(site.upperBound())
        ? new Bounds(min, tf.math.minimum(max, tf.constant((float) site.upperBound())))
        : new Bounds(min, max);
  }

  /**
   * The extremes of both, or of the batch where nothing was seen yet.
   *
   * @param seen how many batches were observed before, a scalar
   */
  public Bounds widenedBy(Ops tf, Bounds batch, Operand<TFloat32> seen) {
    var isFirst = tf.math.equal(seen, tf.constant(0f));
    return new Bounds(
        tf.select(isFirst, batch.min, tf.math.minimum(min, batch.min)),
        tf.select(isFirst, batch.max, tf.math.maximum(max, batch.max)));
  }

  /**
   * Fitted to what the site knows and demands: the range holds 0 and is not empty, goes not beyond
   * the known bounds of all values, has the zero point 0 and a power of two as its scale where
   * these are asked for.
   */
  public Bounds fitted(Site site) {
    Ops tf = site.tf();
    var zero = tf.constant(0f);
    Operand<TFloat32> from = site.isNonNegative() ? zero : tf.math.minimum(min, zero);
    Operand<TFloat32> to = tf.math.maximum(max, zero);
    if (Double.isFinite(site.upperBound())) {
      to = tf.math.minimum(to, tf.constant((float) site.upperBound()));
    }
    var isEmpty = tf.math.less(tf.math.sub(to, from), tf.constant(NARROWEST));
    to = tf.select(isEmpty, tf.math.add(from, tf.constant(1f)), to);
    if (site.isSymmetric()) {
      var lowest = tf.constant((float) -site.lowest());
      var highest = tf.constant((float) site.highest());
      var step = tf.math.maximum(tf.math.div(tf.math.neg(from), lowest), tf.math.div(to, highest));
      from = tf.math.neg(tf.math.mul(step, lowest));
      to = tf.math.mul(step, highest);
    }
    Bounds wide = new Bounds(from, to);
    if (site.isPowerOfTwo()) {
      return wide.onPowerOfTwo(site);
    }
    return site.isSymmetric() || site.isNonNegative() ? wide : wide.withClearZero(site);
  }

  /**
   * Moved by half a step where 0 lies halfway between two steps, as in a range from -a to a: which
   * of them becomes the zero point must not depend on how a division is rounded. Others stay.
   */
  private Bounds withClearZero(Site site) {
    Ops tf = site.tf();
    var count = tf.constant((float) (site.highest() - site.lowest()));
    var step = tf.math.div(tf.math.sub(max, min), count);
    var below = tf.math.div(tf.math.neg(min), step);
    var zero = tf.math.floor(tf.math.add(below, tf.constant(0.5f)));
    var distance = tf.math.abs(tf.math.sub(below, zero));
    var isTie = tf.math.greater(distance, tf.constant(0.5f - TIE));
    return new Bounds(
        tf.select(isTie, tf.math.neg(tf.math.mul(zero, step)), min),
        tf.select(isTie, tf.math.mul(tf.math.sub(count, zero), step), max));
  }

  /** The smallest step that is a power of two and not smaller; the zero point is rounded. */
  private Bounds onPowerOfTwo(Site site) {
    Ops tf = site.tf();
    var count = tf.constant((float) (site.highest() - site.lowest()));
    var step = PowersOfTwo.atLeast(tf, tf.math.div(tf.math.sub(max, min), count));
    Operand<TFloat32> below =
        site.isSymmetric()
            ? tf.constant((float) -site.lowest())
            : tf.math.minimum(
                tf.math.floor(tf.math.add(tf.math.div(tf.math.neg(min), step), tf.constant(0.5f))),
                count);
    return new Bounds(
        tf.math.neg(tf.math.mul(below, step)), tf.math.mul(tf.math.sub(count, below), step));
  }
}
