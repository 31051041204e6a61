package dev.detent.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured over some examples.
 *
 * @param loss the mean, weight penalties included in training
 * @param metrics each metric's mean, by name; of a model with several outputs {@code output/metric}
 * @param examples over how many
 */
public record Measures(double loss, Map<String, Double> metrics, long examples) {

  /** Copies the map, keeping its order. */
  public Measures {
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
}
