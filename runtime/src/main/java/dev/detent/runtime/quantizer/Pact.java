package dev.detent.runtime.quantizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * PACT: the level at which activations are clipped is trained by gradients (Choi et al., 2018,
 * "PACT: Parameterized Clipping Activation for Quantized Neural Networks", section 3).
 *
 * <p>{@code y = clip(x, 0, alpha)}, rounded to steps of {@code alpha / (2^bits - 1)}; the gradient
 * to {@code alpha} is 1 where {@code x >= alpha} and 0 below, that to {@code x} 1 between and 0
 * outside. {@code decay * alpha^2} is added to the loss, so that alpha shrinks where that costs
 * little. It starts at the largest value of the calibration.
 *
 * <p>The paper quantizes what a ReLU yields. Where values may be negative the clipping here is to
 * {@code [-alpha, alpha]} with the zero point 0, and the gradient to {@code alpha} is -1 at the
 * lower end.
 */
public final class Pact implements ActivationQuantizer {

  /** The decay of alpha, that of the weights in the paper's ResNet-20 on CIFAR-10: {@value}. */
  public static final double DEFAULT_DECAY = 0.0002;

  private static final String ALPHA = "alpha";

  /** The smallest level: that of a tensor which is always 0. */
  private static final float SMALLEST = 1e-6f;

  private final float decay;

  /** With {@link #DEFAULT_DECAY}. */
  public Pact() {
    this(DEFAULT_DECAY);
  }

  /**
   * With another decay.
   *
   * @throws IllegalArgumentException if {@code decay} is negative or infinite
   */
  public Pact(double decay) {
    if (!(decay >= 0 && Double.isFinite(decay))) {
      throw new IllegalArgumentException("decay " + decay + "; it must not be negative");
    }
    this.decay = (float) decay;
  }

  @Override
  public Grid grid(Site site) {
    Ops tf = site.tf();
    Operand<TFloat32> alpha = alpha(site);
    if (decay > 0) {
      site.addPenalty(tf.math.mul(tf.math.square(alpha), tf.constant(decay)));
    }
    if (site.isUnsigned()) {
      var steps = tf.constant((float) (site.highest() - site.lowest()));
      return Grid.of(site, tf.math.div(alpha, steps), tf.constant((float) site.lowest()));
    }
    return Grid.of(site, tf.math.div(alpha, tf.constant((float) site.highest())));
  }

  private static Operand<TFloat32> alpha(Site site) {
    Ops tf = site.tf();
    return tf.math.maximum(tf.math.abs(site.parameter(ALPHA, 1)), tf.constant(SMALLEST));
  }

  @Override
  public Operand<TFloat32> quantize(Site site, Grid grid, Operand<TFloat32> x) {
    Operand<TFloat32> alpha = alpha(site);
    return site.withGradient(
        grid.nearest(x),
        List.of(x, alpha),
        (tf, dy) -> {
          Operand<TFloat32> lower = site.isNonNegative() ? tf.constant(0f) : tf.math.neg(alpha);
          var above = tf.dtypes.cast(tf.math.greaterEqual(x, alpha), TFloat32.class);
          var below = tf.dtypes.cast(tf.math.less(x, lower), TFloat32.class);
          var atAlpha = site.isNonNegative() ? above : tf.math.sub(above, below);
          var outside = tf.math.add(above, below);
          return List.of(
              tf.math.mul(dy, tf.math.sub(tf.constant(1f), outside)),
              site.sum(tf.math.mul(dy, atAlpha)));
        });
  }

  @Override
  public void observe(Site site, List<Operand<TFloat32>> tensors) {
    if (site.mode() == Site.Mode.CALIBRATING) {
      Ops tf = site.tf();
      Bounds batch = Bounds.of(site, tensors);
      var largest = tf.math.maximum(tf.math.abs(batch.min()), tf.math.abs(batch.max()));
      var before = site.parameter(ALPHA, 1);
      var isFirst = tf.math.equal(site.seen(), tf.constant(0f));
      site.update(ALPHA, tf.select(isFirst, largest, tf.math.maximum(before, largest)));
    }
  }
}
