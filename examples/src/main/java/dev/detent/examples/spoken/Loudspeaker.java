package dev.detent.examples.spoken;

import java.util.Random;

/**
 * Plays a recording a little earlier or later, in a room that is not silent: it is moved by up to
 * {@link #SHIFT} of its length either way, and white noise is added whose power is between {@link
 * #LEAST_NOISE_DECIBELS} and {@link #MOST_NOISE_DECIBELS} below the recording's.
 */
final class Loudspeaker {
  static final double SHIFT = 0.1;
  static final double LEAST_NOISE_DECIBELS = 50;
  static final double MOST_NOISE_DECIBELS = 15;

  private final Random random;

  Loudspeaker(long seed) {
    random = new Random(seed);
  }

  /** A changed copy of the same length. */
  float[] play(float[] samples) {
    int most = (int) (SHIFT * samples.length);
    int later = random.nextInt(-most, most + 1);
    double decibels = random.nextDouble(MOST_NOISE_DECIBELS, LEAST_NOISE_DECIBELS);
    double power = 0;
    for (float sample : samples) {
      power += (double) sample * sample / samples.length;
    }
    double noise = Math.sqrt(power * Math.pow(10, -decibels / 10));
    float[] played = new float[samples.length];
    for (int i = 0; i < played.length; i++) {
      int from = i - later;
      float sound = from >= 0 && from < samples.length ? samples[from] : 0;
      played[i] = (float) (sound + noise * random.nextGaussian());
    }
    return played;
  }

  /** The middle of a sound, or the sound with silence around it. */
  static float[] centred(float[] samples, int length) {
    float[] centred = new float[length];
    int offset = (samples.length - length) / 2;
    int count = Math.min(length, samples.length);
    System.arraycopy(samples, Math.max(0, offset), centred, Math.max(0, -offset), count);
    return centred;
  }
}
