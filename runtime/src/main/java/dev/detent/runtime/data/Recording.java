package dev.detent.runtime.data;

import java.util.Objects;

/**
 * A sound of one channel.
 *
 * @param name its file, with the folders below the one that was read: {@code yes/0a7c2a8d.wav}
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
