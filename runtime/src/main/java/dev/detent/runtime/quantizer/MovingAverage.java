package dev.detent.runtime.quantizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An exponential moving average of the batches' extremes: the Python toolkit's {@code
 * MovingAverageQuantizer} (Jacob et al., 2018, section 3.1), with a warm start.
 *
 * <p>{@code range += (batch - range) * (1 - d)}, where {@code d = min(decay, seen / (seen + 1))}:
 * the first batch sets the range, the next few are averaged evenly, and only then does the decay
 * rule. So a range is never dragged from an arbitrary start. After a calibration it goes on from
 * what that found.
 */
public final class MovingAverage extends MinMaxQuantizer {

  /** The weight of the past in one step, as the Python toolkit sets it: {@value}. */
  public static final double DEFAULT_DECAY = 0.999;

  private final float decay;

  /** With {@link #DEFAULT_DECAY}. */
  public MovingAverage() {
    this(DEFAULT_DECAY);
  }

  /**
   * With another decay.
   *
   * @throws IllegalArgumentException if {@code decay} is not in [0, 1)
   */
  public MovingAverage(double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay " + decay + "; it must be in [0, 1)");
    }
    this.decay = (float) decay;
  }

  @Override
  protected Bounds next(Ops tf, Bounds current, Bounds batch, Operand<TFloat32> seen) {
    var one = tf.constant(1f);
    var past = tf.math.minimum(tf.constant(decay), tf.math.div(seen, tf.math.add(seen, one)));
    var gain = tf.math.sub(one, past);
    return new Bounds(
        approach(tf, current.min(), batch.min(), gain),
        approach(tf, current.max(), batch.max(), gain));
  }

  private static Operand<TFloat32> approach(
      Ops tf, Operand<TFloat32> from, Operand<TFloat32> to, Operand<TFloat32> gain) {
    return tf.math.add(from, tf.math.mul(tf.math.sub(to, from), gain));
  }
}
