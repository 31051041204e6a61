package dev.detent.runtime.quantizer;

/**
 * A scale and a zero point that do not depend on any data, as those of softmax's output: {@code
 * 1/256} and -128.
 */
public final class Fixed implements ActivationQuantizer {
  private final float scale;
  private final int zeroPoint;

  /**
   * A grid that stands.
   *
   * @param scale the size of one step
   * @param zeroPoint the integer that stands for 0; it must be 0 where the range is symmetric
   * @throws IllegalArgumentException if {@code scale} is not positive and finite
   */
  public Fixed(double scale, int zeroPoint) {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("a fixed scale of " + scale + "; it must be positive");
    }
    this.scale = (float) scale;
    this.zeroPoint = zeroPoint;
  }

  @Override
  public Grid grid(Site site) {
    var step = site.tf().constant(scale);
    if (zeroPoint == 0 && site.isSymmetric()) {
      return Grid.of(site, step);
    }
    return Grid.of(site, step, site.tf().constant((float) zeroPoint));
  }
}
