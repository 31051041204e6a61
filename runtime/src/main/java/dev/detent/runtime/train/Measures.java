package dev.detent.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** All of it by name: {@code loss}, {@code output_loss} of several outputs, and the metrics. */
  public Map<String, Double> byName() {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("loss", loss);
    losses.forEach((output, value) -> all.put(output + "_loss", value));
    metrics.forEach((name, value) -> all.put(name.replace('/', '_'), value));
    return all;
  }

  @Override
  public String toString() {
    return byName().entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}
