package dev.detent.runtime.train;

import org.jspecify.annotations.Nullable;

/**
 * One walk over the training examples.
 *
 * @param number counted from 1
 * @param training measured while training, so with weights that moved
 * @param validation after the epoch; null without validation examples
 * @param seconds of training, validation apart
 * @param learningRate of the last step
 */
public record Epoch(
    int number,
    Measures training,
    @Nullable Measures validation,
    double seconds,
    double learningRate) {

  /** Training examples a second. */
  public double examplesPerSecond() {
    return training.examples() / Math.max(seconds, 1e-9);
  }
}
