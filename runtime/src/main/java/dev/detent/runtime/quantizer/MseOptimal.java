package dev.detent.runtime.quantizer;

/**
 * The range whose grid is nearest to the values of the calibration in the mean square (Nagel et
 * al., 2021, "A White Paper on Neural Network Quantization", section 3.1): of the observed range,
 * shrunk at both ends alike in {@value #CANDIDATES} steps, the one with the smallest sum of {@code
 * (x - quantized(x))^2}.
 */
public final class MseOptimal extends HistogramQuantizer {
  private static final int CANDIDATES = 100;

  /** The quantizer. */
  public MseOptimal() {}

  @Override
  protected Range range(Site site, Histogram histogram) {
    Range all = new Range(Math.min(0, histogram.min()), Math.max(0, histogram.max()));
    Range best = all;
    double smallest = error(site, histogram, all);
    for (int i = CANDIDATES - 1; i > 0; i--) {
      double share = (double) i / CANDIDATES;
      Range range = new Range(all.min() * share, all.max() * share);
      double error = error(site, histogram, range);
      if (error < smallest) {
        smallest = error;
        best = range;
      }
    }
    return best;
  }

  private static double error(Site site, Histogram histogram, Range range) {
    double scale;
    double lowest;
    double highest;
    if (site.isSymmetric()) {
      scale = Math.max(-range.min() / -site.lowest(), range.max() / site.highest());
      lowest = site.lowest();
      highest = site.highest();
    } else {
      double steps = site.highest() - site.lowest();
      scale = (range.max() - range.min()) / steps;
      lowest = -Math.rint(-range.min() / scale);
      highest = lowest + steps;
    }
    double sum = 0;
    for (int bin = 0; bin < Histogram.BINS; bin++) {
      double count = histogram.count(bin);
      if (count > 0) {
        double x = histogram.middle(bin);
        double quantized = Math.max(lowest, Math.min(highest, Math.rint(x / scale))) * scale;
        sum += count * (x - quantized) * (x - quantized);
      }
    }
    return sum;
  }
}
