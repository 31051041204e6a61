package dev.detent.runtime.train;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A figure of each epoch, and which is better. It is measured on the validation examples, but for
 * {@link #trainingLoss()}.
 *
 * @param name a metric's, of one of several outputs as {@code output/metric}; {@code loss} for the
 *     loss
 */
public record Monitor(String name, boolean isOfValidation, boolean higherIsBetter) {
  private static final String LOSS = "loss";

  /** The loss of the validation examples. */
  public static Monitor validationLoss() {
    return new Monitor(LOSS, true, false);
  }

  /** The loss of the training examples, measured while training. */
  public static Monitor trainingLoss() {
    return new Monitor(LOSS, false, false);
  }

  /** A metric that is good where it is high, as {@code Monitor.highest(Metrics.ACCURACY)}. */
  public static Monitor highest(String metric) {
    return new Monitor(metric, true, true);
  }

  /** A metric that is good where it is low, as an error. */
  public static Monitor lowest(String metric) {
    return new Monitor(metric, true, false);
  }

  /**
   * Its value in an epoch.
   *
   * @throws TrainingException if it is not measured
   */
  public double of(Epoch epoch) {
    @Nullable Measures measures = isOfValidation ? epoch.validation() : epoch.training();
    requireMeasured(measures == null ? null : measures.metrics().keySet());
    Map<String, Double> metrics = Objects.requireNonNull(measures).metrics();
    return name.equals(LOSS) ? measures.loss() : Objects.requireNonNull(metrics.get(name));
  }

  /**
   * Requires that the figure is measured.
   *
   * @param metrics of the examples that it is measured on; null where there are none
   * @throws TrainingException if it is not
   */
  void requireMeasured(@Nullable Set<String> metrics) {
    if (metrics == null) {
      throw new TrainingException(
          this + " is watched, but there are no validation examples: give Fit.validation some");
    }
    if (!name.equals(LOSS) && !metrics.contains(name)) {
      throw new TrainingException(
          this + " is watched, but not measured; measured are the loss and " + metrics);
    }
  }

  /** Whether a value is better than another by more than {@code delta}. */
  boolean isBetter(double value, double than, double delta) {
    return higherIsBetter ? value > than + delta : value < than - delta;
  }

  /** What is worse than any value. */
  double worst() {
    return higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return (isOfValidation ? "validation " : "training ") + name;
  }
}
