package dev.detent.runtime.train;

import java.util.List;
import java.util.Optional;

/**
 * A training, epoch by epoch.
 *
 * @param epochs in order, those before a resumption included
 * @param stopped why it has ended before its time; empty if it has not
 */
public record History(List<Epoch> epochs, Optional<String> stopped) {

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * The last epoch.
   *
   * @throws IllegalStateException if there was none
   */
  public Epoch last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("there was no epoch");
    }
    return epochs.get(epochs.size() - 1);
  }

  /** Seconds of training, validation apart. */
  public double seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).sum();
  }
}
