package dev.detent.runtime.train;

import org.jspecify.annotations.Nullable;

/**
 * How a model learns from a teacher; see {@link Fit#teacher}.
 *
 * @param teacher null for the model's own float weights
 * @param temperature softens both sides' probabilities
 * @param weight of the teacher in the loss, in (0, 1]
 */
public record Distillation(@Nullable Teacher teacher, double temperature, double weight) {

  /** Checks the numbers. */
  public Distillation {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "distillation temperature " + temperature + "; it must be positive");
    }
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "teacher's weight " + weight + "; it must be above 0 and at most 1");
    }
  }

  /** The same with this teacher. */
  public Distillation with(Teacher known) {
    return new Distillation(known, temperature, weight);
  }
}
