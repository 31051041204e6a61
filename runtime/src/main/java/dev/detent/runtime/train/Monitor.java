package dev.detent.runtime.train;

import java.util.Map;
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
    Measures measures = isOfValidation ? epoch.validation() : epoch.training();
    if (measures == null) {
      throw new TrainingException(
          this + " is watched, but there are no validation examples: give Fit.validation some");
    }
    if (name.equals(LOSS)) {
      return measures.loss();
    }
    Map<String, Double> metrics = measures.metrics();
    @Nullable Double value = metrics.get(name);
    if (value == null) {
      throw new TrainingException(
          this + " is watched, but not measured; measured are the loss and " + metrics.keySet());
    }
    return value;
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
