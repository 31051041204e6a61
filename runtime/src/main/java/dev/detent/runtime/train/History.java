package dev.detent.runtime.train;

import java.util.List;

/**
 * A training, epoch by epoch.
 *
 * @param epochs in order, those before a resumption included
 */
public record History(List<Epoch> epochs) {

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
