package dev.detent.runtime.report;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How an output answers numbers. Errors are {@code answer - target}, over all values of all
 * examples.
 *
 * @see Scores
 */
public final class ValueScores {
  private final double[] exampleErrors;
  private final double meanAbsoluteError;
  private final double meanSquaredError;
  private final double variance;

  /**
   * What was measured.
   *
   * @param exampleErrors the mean squared error of each example
   * @param variance of all targets
   */
  public ValueScores(
      double[] exampleErrors, double meanAbsoluteError, double meanSquaredError, double variance) {
    this.exampleErrors = exampleErrors;
    this.meanAbsoluteError = meanAbsoluteError;
    this.meanSquaredError = meanSquaredError;
    this.variance = variance;
  }

  /** The mean of {@code |error|}, in the targets' unit. */
  public double meanAbsoluteError() {
    return meanAbsoluteError;
  }

  /** The root of the mean squared error, in the targets' unit. */
  public double rmse() {
    return Math.sqrt(meanSquaredError);
  }

  /**
   * {@code 1 - mean squared error / variance of the targets}: 1 for perfection, 0 for what always
   * answers the mean, negative for worse; NaN where all targets are equal.
   */
  public double r2() {
    return variance == 0 ? Double.NaN : 1 - meanSquaredError / variance;
  }

  /** The mean squared error of each example, in their order; a copy. */
  public double[] exampleErrors() {
    return exampleErrors.clone();
  }

  /**
   * The error that a share of these examples stays below: of an autoencoder and normal examples,
   * the threshold above which another example is an anomaly.
   *
   * @param share in (0, 1), as 0.99
   */
  public double threshold(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share " + share + "; it must be between 0 and 1");
    }
    return new Percentile(100 * share).evaluate(exampleErrors);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "RMSE %.6g, MAE %.6g, R2 %.4f", rmse(), meanAbsoluteError, r2());
  }
}
