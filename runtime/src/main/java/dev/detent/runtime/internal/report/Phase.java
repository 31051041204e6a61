package dev.detent.runtime.internal.report;

import dev.detent.runtime.train.Epoch;
import java.util.List;

/**
 * A training, or a fine-tuning.
 *
 * @param isQuantized whether it was quantization-aware
 * @param epochs in order
 */
public record Phase(boolean isQuantized, List<Epoch> epochs) {
  /** Copies the list. */
  public Phase {
    epochs = List.copyOf(epochs);
  }

  /** For people. */
  String title() {
    return isQuantized ? "QAT" : "float";
  }
}
