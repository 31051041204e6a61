package dev.detent.runtime.data;

/**
 * Triangular filters whose centres are equally spaced on the mel scale, the scale of heard pitch:
 *
 * <pre>mel(f) = 2595 log10(1 + f / 700)</pre>
 *
 * (O'Shaughnessy, "Speech Communication: Human and Machine", 1987; the form that HTK uses). Of
 * {@code bands + 2} points from {@code mel(low)} to {@code mel(high)}, filter {@code b} rises
 * linearly in hertz from 0 at point {@code b} to 1 at point {@code b + 1} and falls to 0 at point
 * {@code b + 2}, so that all filters together are 1 from the first centre to the last.
 */
final class MelFilters {
  private static final double FACTOR = 2595;
  private static final double CORNER_HERTZ = 700;

  private final int[] first;
  private final double[][] weights;

  /**
   * Filters for spectra.
   *
   * @param bands how many, at least 1
   * @param low hertz where the first begins, at least 0
   * @param high hertz where the last ends, above {@code low}
   * @param binHertz hertz between two bins of the spectrum
   * @param bins of the spectrum
   * @throws IllegalArgumentException if a filter would lie between two bins
   */
  MelFilters(int bands, double low, double high, double binHertz, int bins) {
    first = new int[bands];
    weights = new double[bands][];
    double start = mel(low);
    double step = (mel(high) - start) / (bands + 1);
    for (int b = 0; b < bands; b++) {
      double left = hertz(start + b * step);
      double centre = hertz(start + (b + 1) * step);
      double right = hertz(start + (b + 2) * step);
      int from = (int) Math.floor(left / binHertz) + 1;
      int to = Math.min(bins - 1, (int) Math.ceil(right / binHertz) - 1);
      if (from > to) {
        throw new IllegalArgumentException(
            String.format(
                "band %d of %d, from %.1f to %.1f hertz, lies between two bins of the spectrum,"
                    + " which are %.1f hertz apart; take fewer bands or a longer window",
                b, bands, left, right, binHertz));
      }
      first[b] = from;
      weights[b] = new double[to - from + 1];
      for (int k = from; k <= to; k++) {
        double f = k * binHertz;
        weights[b][k - from] =
            f <= centre ? (f - left) / (centre - left) : (right - f) / (right - centre);
      }
    }
  }

  static double mel(double hertz) {
    return FACTOR * Math.log10(1 + hertz / CORNER_HERTZ);
  }

  static double hertz(double mel) {
    return CORNER_HERTZ * (Math.pow(10, mel / FACTOR) - 1);
  }

  int bands() {
    return weights.length;
  }

  /** The power that passes one filter. */
  double apply(int band, double[] power) {
    double sum = 0;
    for (int i = 0; i < weights[band].length; i++) {
      sum += weights[band][i] * power[first[band] + i];
    }
    return sum;
  }
}
