package dev.detent.runtime.quantizer;

import java.util.Arrays;

/**
 * The range that loses least information: the threshold of magnitudes at which the divergence of
 * Kullback and Leibler between the distribution of the values, clipped there, and that of the
 * quantized ones is smallest (Migacz, 2017, "8-bit Inference with TensorRT", GTC, "Entropy
 * Calibration"). Both ends are cut off at that magnitude.
 */
public final class Entropy extends HistogramQuantizer {

  /** The quantizer. */
  public Entropy() {}

  @Override
  protected Range range(Site site, Histogram histogram) {
    double[] magnitudes = magnitudes(site, histogram);
    int levels = site.isNonNegative() ? 1 << site.bits() : 1 << (site.bits() - 1);
    double width = histogram.width();
    int used = magnitudes.length;
    while (used > 1 && magnitudes[used - 1] == 0) {
      used--;
    }
    int best = used;
    double smallest = Double.POSITIVE_INFINITY;
    for (int end = levels; end <= used; end++) {
      double divergence = divergence(magnitudes, used, end, levels);
      if (divergence < smallest) {
        smallest = divergence;
        best = end;
      }
    }
    double threshold = best * width;
    return new Range(Math.max(histogram.min(), -threshold), Math.min(histogram.max(), threshold));
  }

  /** How many values have which magnitude; the zeros of a ReLU carry no information. */
  private static double[] magnitudes(Site site, Histogram histogram) {
    if (site.isNonNegative()) {
      double[] counts = new double[Histogram.BINS];
      Arrays.setAll(counts, histogram::count);
      counts[0] = counts[1];
      return counts;
    }
    int half = Histogram.BINS / 2;
    double[] counts = new double[half];
    Arrays.setAll(counts, i -> histogram.count(half + i) + histogram.count(half - 1 - i));
    return counts;
  }

  /** Of the first {@code end} bins, with all after them in the last, quantized to levels. */
  private static double divergence(double[] counts, int used, int end, int levels) {
    double[] reference = Arrays.copyOf(counts, end);
    for (int i = end; i < used; i++) {
      reference[end - 1] += counts[i];
    }
    double[] quantized = new double[end];
    for (int level = 0; level < levels; level++) {
      int from = (int) ((long) level * end / levels);
      int to = (int) ((level + 1L) * end / levels);
      double sum = 0;
      int filled = 0;
      for (int i = from; i < to; i++) {
        sum += counts[i];
        filled += reference[i] > 0 ? 1 : 0;
      }
      for (int i = from; i < to; i++) {
        quantized[i] = reference[i] > 0 ? sum / filled : 0;
      }
    }
    double totalOfReference = Arrays.stream(reference).sum();
    double totalOfQuantized = Arrays.stream(quantized).sum();
    if (totalOfQuantized == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double divergence = 0;
    for (int i = 0; i < end; i++) {
      if (reference[i] > 0) {
        double p = reference[i] / totalOfReference;
        // An outlier's bin that holds nothing else is as unlikely as one value.
        double q = Math.max(quantized[i], 1) / totalOfQuantized;
        divergence += p * Math.log(p / q);
      }
    }
    return divergence;
  }
}
