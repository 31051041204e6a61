package dev.detent.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured over some examples. Printed as Keras does: {@code loss 0.8113 digit_loss 0.5102
 * sum_loss 0.3011 digit_accuracy 0.8700}.
 *
 * @param loss the mean, weight penalties included in training; of several outputs the sum
 * @param losses of a model with several outputs the mean loss of each, by name; else empty
 * @param metrics each metric's mean, by name; of a model with several outputs {@code output/metric}
 * @param examples over how many
 */
public record Measures(
    double loss, Map<String, Double> losses, Map<String, Double> metrics, long examples) {

  /** Copies the maps, keeping their order. */
  public Measures {
    // Checkpoints of earlier versions hold no losses.
    losses = losses == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * The accuracy, in 0 to 1.
   *
   * @throws IllegalStateException if it was not measured
   */
  public double accuracy() {
    Double value = metrics.get(Metrics.ACCURACY);
    if (value == null) {
      throw new IllegalStateException("accuracy was not measured; there is " + metrics.keySet());
    }
    return value;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", loss));
    losses.forEach((output, value) -> append(text, output + "_loss", value));
    metrics.forEach((name, value) -> append(text, name.replace('/', '_'), value));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, double value) {
    text.append("  ").append(name).append(String.format(Locale.ROOT, " %.4f", value));
  }
}
