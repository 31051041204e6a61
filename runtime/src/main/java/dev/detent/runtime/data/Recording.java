package dev.detent.runtime.data;

import java.util.Objects;

/**
 * A sound of one channel.
 *
 * @param name where it comes from, for messages: a file, or a zip and its entry
 * @param samples from -1 to 1, at least one; not copied
 * @param sampleRate samples a second, at least 1
 */
public record Recording(String name, float[] samples, int sampleRate) {

  /**
   * Ties samples to their rate.
   *
   * @throws DataException if there is no sample
   * @throws IllegalArgumentException if the rate is below 1
   */
  public Recording {
    Objects.requireNonNull(name, "name");
    Checks.atLeast(1, sampleRate, "the sample rate");
    if (samples.length == 0) {
      throw new DataException(name + " holds no sound: it has 0 samples");
    }
  }
}
