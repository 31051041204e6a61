package dev.detent.runtime.quantizer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVars;
import org.tensorflow.op.quantization.FakeQuantWithMinMaxVarsGradient;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * The real numbers that integers stand for, {@code real = (q - zeroPoint) * scale}, as values of
 * the graph. Training computes with it and the export writes it.
 */
public final class Grid {

  /** The smallest scale: a channel whose weights are all zero has it. */
  public static final float SMALLEST_SCALE = 1e-12f;

  /**
   * The smallest scale that training gives an activation: much smaller ones beside usual others
   * make multipliers that XNNPACK does not take.
   */
  private static final float SMALLEST_TRAINED_SCALE = 1e-9f;

  /**
   * Up to this width activations go through TensorFlow's fused fake quantization, which counts its
   * steps from the lowest value in float; for many more steps than 255 that is too coarse.
   */
  private static final int FUSED_BITS = 8;

  private final Site site;
  private final boolean isFused;
  private final boolean isBetween;
  private @Nullable Bounds bounds;
  private @Nullable Operand<TFloat32> scale;
  private @Nullable Operand<TFloat32> zeroPoint;

  private Grid(
      Site site,
      @Nullable Bounds bounds,
      @Nullable Operand<TFloat32> scale,
      @Nullable Operand<TFloat32> zeroPoint) {
    this.site = site;
    this.isFused = site.role() == Site.Role.ACTIVATION && site.bits() <= FUSED_BITS;
    this.isBetween = bounds != null;
    this.bounds = bounds;
    this.scale = scale;
    this.zeroPoint = zeroPoint;
  }

  /**
   * The grid of a range, {@linkplain Bounds#fitted fitted} to what the site demands, in the float
   * arithmetic of TensorFlow's {@code FakeQuantWithMinMaxVars}: {@code scale = (max - min) /
   * (highest - lowest)}, and the zero point is rounded, so that 0 is exact.
   */
  public static Grid between(Site site, Bounds bounds) {
    return betweenFitted(site, bounds.fitted(site));
  }

  /** The same for bounds that were fitted before they were kept, which saves doing it again. */
  public static Grid betweenFitted(Site site, Bounds fitted) {
    return new Grid(site, fitted, null, null);
  }

  /**
   * The grid of a scale with the zero point 0. Where the site demands a power of two the nearest
   * one is taken, and the gradient goes to {@code scale} as if it were that.
   *
   * @param scale positive, of the shape {@link Site#scaleShape()}
   */
  public static Grid of(Site site, Operand<TFloat32> scale) {
    return new Grid(site, null, allowed(site, scale), site.tf().constant(0f));
  }

  /**
   * The grid of a scale, as for {@link #of(Site, Operand)}, and a zero point.
   *
   * @param scale positive, a scalar
   * @param zeroPoint an integer from {@link Site#lowest()} to {@link Site#highest()}
   * @throws IllegalArgumentException if the site demands the zero point 0; use {@link #of(Site,
   *     Operand)} there
   */
  public static Grid of(Site site, Operand<TFloat32> scale, Operand<TFloat32> zeroPoint) {
    if (site.isSymmetric()) {
      throw new IllegalArgumentException(
          "a zero point for '" + site.name() + "', which is symmetric: there it must be 0");
    }
    return new Grid(site, null, allowed(site, scale), zeroPoint);
  }

  /**
   * The same zero point with a scale that is not smaller than another, as far as the known bounds
   * of the values allow: what the kernels can tell apart ends somewhere.
   *
   * @param smallest positive, a scalar; no gradient goes to it
   */
  public Grid atLeast(Operand<TFloat32> smallest) {
    Ops tf = site.tf();
    var floor = tf.stopGradient(site.isPowerOfTwo() ? PowersOfTwo.atLeast(tf, smallest) : smallest);
    if (!isBetween) {
      return new Grid(site, null, tf.math.maximum(scale(), floor), zeroPoint);
    }
    Operand<TFloat32> growth = tf.math.div(floor, scale());
    if (Double.isFinite(site.upperBound())) {
      growth =
          tf.math.minimum(
              growth, tf.math.div(tf.constant((float) site.upperBound()), ends().max()));
    }
    var factor = tf.math.maximum(growth, tf.constant(1f));
    return new Grid(
        site,
        new Bounds(tf.math.mul(ends().min(), factor), tf.math.mul(ends().max(), factor)),
        null,
        null);
  }

  /** A trained number as a scale: its magnitude, and never 0. */
  public static Operand<TFloat32> positive(Site site, Operand<TFloat32> trained) {
    float smallest = site.role() == Site.Role.WEIGHT ? SMALLEST_SCALE : SMALLEST_TRAINED_SCALE;
    return site.tf().math.maximum(site.tf().math.abs(trained), site.tf().constant(smallest));
  }

  private static Operand<TFloat32> allowed(Site site, Operand<TFloat32> scale) {
    return site.isPowerOfTwo()
        ? site.straightThrough(PowersOfTwo.nearest(site.tf(), scale), scale)
        : scale;
  }

  /**
   * Whether the grid ends where the site's known bounds are, so that it clips as well as a ReLU or
   * ReLU6 in front would.
   */
  public boolean endsAtKnownBounds() {
    return isBetween && !site.isSymmetric() && !site.isPowerOfTwo();
  }

  /** The size of one step: of the shape {@link Site#scaleShape()}. */
  public Operand<TFloat32> scale() {
    if (scale == null) {
      // TensorFlow's optimizer makes a product with 1 / 255 of a division by 255, which in float is
      // off by the last bit for most ranges. In double it is not, once rounded to float: a quotient
      // of a float and 255 is at least 2^-32 of itself away from the middle of two floats.
      Ops tf = site.tf();
      var width = tf.dtypes.cast(tf.math.sub(ends().max(), ends().min()), TFloat64.class);
      var steps = tf.constant((double) (site.highest() - site.lowest()));
      scale = tf.dtypes.cast(tf.math.div(width, steps), TFloat32.class);
    }
    return scale;
  }

  /** The integer that stands for 0: a scalar. */
  public Operand<TFloat32> zeroPoint() {
    if (zeroPoint == null) {
      var fromMin = site.tf().math.div(site.tf().math.neg(ends().min()), scale());
      var rounded =
          site.tf()
              .math
              .minimum(
                  site.tf().math.maximum(halfUp(fromMin), site.tf().constant(0f)),
                  site.tf().constant((float) (site.highest() - site.lowest())));
      zeroPoint =
          site.isSymmetric()
              ? site.tf().constant(0f)
              : site.tf().math.add(rounded, site.tf().constant((float) site.lowest()));
    }
    return zeroPoint;
  }

  /** The smallest and the largest value of the grid, shaped so that they fit the tensor. */
  private Bounds ends() {
    if (bounds == null) {
      var step = site.broadcast(scale());
      bounds = new Bounds(site.tf().math.mul(lowest(), step), site.tf().math.mul(highest(), step));
    }
    return bounds;
  }

  /** How many steps the lowest value is away from 0. */
  private Operand<TFloat32> lowest() {
    return fromZero(site.lowest());
  }

  private Operand<TFloat32> highest() {
    return fromZero(site.highest());
  }

  private Operand<TFloat32> fromZero(int integer) {
    var constant = site.tf().constant((float) integer);
    return site.isSymmetric() ? constant : site.tf().math.sub(constant, zeroPoint());
  }

  /** The value of the grid that is nearest to each of {@code x}; no gradient passes. */
  public Operand<TFloat32> nearest(Operand<TFloat32> x) {
    return site.tf().stopGradient(rounded(x));
  }

  private Operand<TFloat32> rounded(Operand<TFloat32> x) {
    if (isFused) {
      return site.tf()
          .quantization
          .fakeQuantWithMinMaxVars(
              x,
              ends().min(),
              ends().max(),
              FakeQuantWithMinMaxVars.numBits((long) site.bits()),
              FakeQuantWithMinMaxVars.narrowRange(isNarrow()));
    }
    var step = site.broadcast(scale());
    var steps = halfUp(site.tf().math.div(x, step));
    return site.tf()
        .math
        .mul(site.tf().math.minimum(site.tf().math.maximum(steps, lowest()), highest()), step);
  }

  private boolean isNarrow() {
    return site.lowest() != -site.highest() - 1;
  }

  /** 1 where {@code x} lies between the smallest and the largest value of the grid, else 0. */
  public Operand<TFloat32> inside(Operand<TFloat32> x) {
    return site.tf()
        .dtypes
        .cast(
            site.tf()
                .math
                .logicalAnd(
                    site.tf().math.greaterEqual(x, ends().min()),
                    site.tf().math.lessEqual(x, ends().max())),
            TFloat32.class);
  }

  /**
   * {@link #nearest}, with a gradient that passes {@link #inside} and stops outside. Scale and zero
   * point get none.
   */
  public Operand<TFloat32> quantize(Operand<TFloat32> x) {
    Gradient gradient =
        isFused
            ? (ops, dy) ->
                List.of(
                    ops.quantization
                        .fakeQuantWithMinMaxVarsGradient(
                            dy,
                            x,
                            ends().min(),
                            ends().max(),
                            FakeQuantWithMinMaxVarsGradient.numBits((long) site.bits()),
                            FakeQuantWithMinMaxVarsGradient.narrowRange(isNarrow()))
                        .backpropsWrtInput())
            : (ops, dy) -> List.of(ops.math.mul(dy, inside(x)));
    return site.withGradient(rounded(x), List.of(x), gradient);
  }

  /**
   * {@link #nearest}, with a gradient to {@code x}, to the scale and to the zero point, as if
   * rounding were the identity (Esser et al., 2020, "Learned Step Size Quantization", section 2.1;
   * Bhalgat et al., 2020, "LSQ+", section 3.1). With {@code v = x / scale} and the ends {@code l}
   * and {@code h} in steps from 0:
   *
   * <ul>
   *   <li>to {@code x}: 1 for {@code l <= v <= h}, else 0;
   *   <li>to the scale: {@code round(v) - v} there, {@code l} below and {@code h} above;
   *   <li>to the zero point: 0 there, {@code -scale} outside.
   * </ul>
   */
  public Operand<TFloat32> quantizeLearned(Operand<TFloat32> x) {
    Operand<TFloat32> value = rounded(x);
    return site.withGradient(
        value,
        List.of(x, scale(), zeroPoint()),
        (ops, dy) -> {
          var step = site.broadcast(scale());
          var passes = inside(x);
          var towardsX = ops.math.mul(dy, passes);
          var error = ops.math.sub(value, ops.math.mul(x, passes));
          var towardsScale = site.sum(ops.math.div(ops.math.mul(dy, error), step));
          Operand<TFloat32> towardsZeroPoint = ops.constant(0f);
          if (!site.isSymmetric()) {
            var outside = ops.math.sub(dy, towardsX);
            towardsZeroPoint = ops.math.neg(site.sum(ops.math.mul(outside, step)));
          }
          return List.of(towardsX, towardsScale, towardsZeroPoint);
        });
  }

  private Operand<TFloat32> halfUp(Operand<TFloat32> x) {
    return site.tf().math.floor(site.tf().math.add(x, site.tf().constant(0.5f)));
  }
}
