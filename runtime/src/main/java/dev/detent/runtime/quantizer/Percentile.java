package dev.detent.runtime.quantizer;

/**
 * The range that a share of all values of the calibration lies in, so that rare outliers do not
 * widen it (Wu et al., 2020, "Integer Quantization for Deep Learning Inference: Principles and
 * Empirical Evaluation", section 3.3). Of values that are at least 0 only the largest are cut off,
 * of others as many at both ends.
 */
public final class Percentile extends HistogramQuantizer {

  /** The percentage of values inside, one of those that the paper compares: {@value}. */
  public static final double DEFAULT_PERCENTILE = 99.99;

  private final double share;

  /** With {@link #DEFAULT_PERCENTILE}. */
  public Percentile() {
    this(DEFAULT_PERCENTILE);
  }

  /**
   * With another percentage.
   *
   * @throws IllegalArgumentException if {@code percentile} is not above 50 and at most 100
   */
  public Percentile(double percentile) {
    if (!(percentile > 50 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "percentile " + percentile + "; it must be above 50 and at most 100");
    }
    share = percentile / 100;
  }

  @Override
  protected Range range(Site site, Histogram histogram) {
    if (site.isNonNegative()) {
      return new Range(0, histogram.quantile(share));
    }
    double outside = (1 - share) / 2;
    return new Range(histogram.quantile(outside), histogram.quantile(1 - outside));
  }
}
