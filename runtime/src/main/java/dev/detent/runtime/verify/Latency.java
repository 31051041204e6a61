package dev.detent.runtime.verify;

import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * How long a model takes for one example, measured where it runs: in a process of its own the way
 * there and back does not count.
 *
 * @param medianNanos the median of the runs
 * @param runs how many there were
 */
public record Latency(double medianNanos, int runs) {
  /** Runs that are made and not counted, so that caches and clocks have settled. */
  public static final int WARM_UP_RUNS = 20;

  /**
   * Two models measured in turns, A B A B, so that what else the machine does strikes both.
   *
   * @param first of the one
   * @param second of the other
   * @param ratio the median over pairs of the first's time divided by the second's
   */
  public record Pair(Latency first, Latency second, double ratio) {}

  /** In milliseconds. */
  public double millis() {
    return medianNanos / 1e6;
  }

  /**
   * Measures two models in turns on the inputs that are set.
   *
   * @param runs how many of each are counted, at least 1
   */
  public static Pair paired(TfliteInterpreter first, TfliteInterpreter second, int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException(runs + " runs; at least 1 is needed");
    }
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      first.invoke();
      second.invoke();
    }
    double[] a = new double[runs];
    double[] b = new double[runs];
    double[] ratios = new double[runs];
    for (int i = 0; i < runs; i++) {
      a[i] = nanos(first);
      b[i] = nanos(second);
      ratios[i] = a[i] / b[i];
    }
    return new Pair(new Latency(median(a), runs), new Latency(median(b), runs), median(ratios));
  }

  private static double nanos(TfliteInterpreter interpreter) {
    return Math.max(1, interpreter.timedInvoke());
  }

  private static double median(double[] values) {
    return new Median().evaluate(values);
  }
}
