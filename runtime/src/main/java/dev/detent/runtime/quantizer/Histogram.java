package dev.detent.runtime.quantizer;

/**
 * How often values fall into each of many bins of one width, for batches whose range is not known
 * before. A value that lies outside doubles the range, and neighbouring bins become one, so that
 * nothing is lost but resolution.
 */
public final class Histogram {

  /** How many bins there are: {@value}. */
  public static final int BINS = 4096;

  private final boolean isNonNegative;
  private final double[] counts = new double[BINS];
  private double limit;
  private double total;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  /**
   * An empty histogram.
   *
   * @param isNonNegative whether values begin at 0, so that all bins lie above it
   */
  public Histogram(boolean isNonNegative) {
    this.isNonNegative = isNonNegative;
  }

  /**
   * Counts values. Negative ones count as 0 where there cannot be any.
   *
   * @throws IllegalStateException if one is no number or infinite
   */
  public void add(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalStateException("a value is " + value);
      }
      float counted = isNonNegative ? Math.max(0, value) : value;
      min = Math.min(min, counted);
      max = Math.max(max, counted);
      hold(Math.abs(counted));
      counts[bin(counted)]++;
    }
    total += values.length;
  }

  /** Widens the range until it holds a magnitude. */
  private void hold(double magnitude) {
    if (limit == 0 && magnitude > 0) {
      limit = Math.scalb(1.0, Math.getExponent(magnitude) + 1);
      // All values before were 0, which has another bin now.
      double zeros = 0;
      for (int i = 0; i < BINS; i++) {
        zeros += counts[i];
        counts[i] = 0;
      }
      counts[bin(0)] = zeros;
    }
    while (magnitude >= limit && limit > 0) {
      merge();
      limit *= 2;
    }
  }

  /** Two bins become one: the lower half of all, or around the middle. */
  private void merge() {
    double[] merged = new double[BINS];
    int first = isNonNegative ? 0 : BINS / 4;
    for (int i = 0; i < BINS; i++) {
      merged[first + i / 2] += counts[i];
    }
    System.arraycopy(merged, 0, counts, 0, BINS);
  }

  private int bin(double value) {
    if (limit == 0) {
      return 0;
    }
    int index = (int) Math.floor((value - lowest()) / width());
    return Math.max(0, Math.min(BINS - 1, index));
  }

  /** Where the first bin begins. */
  public double lowest() {
    return isNonNegative ? 0 : -limit;
  }

  /** The width of a bin; 0 if all values are 0. */
  public double width() {
    return (limit - lowest()) / BINS;
  }

  /** The middle of a bin. */
  public double middle(int bin) {
    return lowest() + (bin + 0.5) * width();
  }

  /** How many values lie in a bin. */
  public double count(int bin) {
    return counts[bin];
  }

  /** How many values there are. */
  public double total() {
    return total;
  }

  /** The smallest value; infinite if there is none. */
  public float min() {
    return min;
  }

  /** The largest value; infinite if there is none. */
  public float max() {
    return max;
  }

  /**
   * The value below which a share of all lies, linear inside a bin, and never beyond the extremes.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    double wanted = share * total;
    double below = 0;
    for (int i = 0; i < BINS; i++) {
      if (below + counts[i] >= wanted && counts[i] > 0) {
        double inside = (wanted - below) / counts[i];
        return Math.max(min, Math.min(max, lowest() + (i + inside) * width()));
      }
      below += counts[i];
    }
    return max;
  }
}
