package dev.detent.runtime.data;

import java.util.Arrays;

/**
 * The loudness of a sound over time and pitch, what speech is usually recognized from.
 *
 * <p>The sound is cut into overlapping frames; each has the power {@code E[t, b]} that passes band
 * {@code b} of a bank of mel filters over its power spectrum (a Hann window, a Fourier transform of
 * the next power of two). A value is
 *
 * <pre>max(-range, 10 log10(E[t, b] / max over t and b of E))</pre>
 *
 * in decibels below the loudest of the same sound, so that how near the microphone stood does not
 * matter. Of a sound without any power, every value is {@code -range}.
 *
 * <pre>{@code
 * var spectrogram = LogMelSpectrogram.builder(8000).window(320).hop(160).bands(40).build();
 * float[] values = spectrogram.of(samples); // [frames, bands]; 49 frames of a second
 * }</pre>
 */
public final class LogMelSpectrogram {
  /** The default of {@link Builder#bands}. */
  public static final int DEFAULT_BANDS = 40;

  /** The default of {@link Builder#window}, in seconds. */
  public static final double DEFAULT_WINDOW_SECONDS = 0.04;

  /** The default of {@link Builder#hop}, in seconds. */
  public static final double DEFAULT_HOP_SECONDS = 0.02;

  /** The default of {@link Builder#lowest}, in hertz. */
  public static final double DEFAULT_LOWEST_HERTZ = 20;

  /** The default of {@link Builder#range}, in decibels. */
  public static final double DEFAULT_RANGE_DECIBELS = 80;

  private final int window;
  private final int hop;
  private final double range;
  private final PowerSpectrum spectrum;
  private final MelFilters filters;

  private LogMelSpectrogram(Builder builder) {
    window = builder.window;
    hop = builder.hop;
    range = builder.range;
    spectrum = new PowerSpectrum(window);
    double binHertz = (double) builder.sampleRate / spectrum.size();
    filters =
        new MelFilters(
            builder.bands, builder.lowest, builder.sampleRate / 2.0, binHertz, spectrum.bins());
  }

  /** Starts with the rate of the sounds: samples a second, at least 100. */
  public static Builder builder(int sampleRate) {
    return new Builder(sampleRate);
  }

  /** How a sound is cut into frames and bands. */
  public static final class Builder {
    private final int sampleRate;
    private int window;
    private int hop;
    private int bands = DEFAULT_BANDS;
    private double lowest = DEFAULT_LOWEST_HERTZ;
    private double range = DEFAULT_RANGE_DECIBELS;

    private Builder(int sampleRate) {
      // Below, the default window would be shorter than two samples, and the bands empty.
      this.sampleRate = Checks.atLeast(100, sampleRate, "the sample rate");
      this.window = (int) Math.round(DEFAULT_WINDOW_SECONDS * sampleRate);
      this.hop = (int) Math.round(DEFAULT_HOP_SECONDS * sampleRate);
    }

    /**
     * Sets the length of a frame.
     *
     * @param samples at least 2; the default is {@link #DEFAULT_WINDOW_SECONDS}
     */
    public Builder window(int samples) {
      window = Checks.atLeast(2, samples, "the window");
      return this;
    }

    /**
     * Sets how far the frames are apart.
     *
     * @param samples at least 1; the default is {@link #DEFAULT_HOP_SECONDS}
     */
    public Builder hop(int samples) {
      hop = Checks.atLeast(1, samples, "the hop");
      return this;
    }

    /**
     * Sets the number of bands, which lie between {@link #lowest} and half of the sample rate.
     *
     * @param count at least 1; {@value #DEFAULT_BANDS} by default
     */
    public Builder bands(int count) {
      bands = Checks.atLeast(1, count, "the number of bands");
      return this;
    }

    /**
     * Sets where the first band begins.
     *
     * @param hertz at least 0, below half of the sample rate; {@value #DEFAULT_LOWEST_HERTZ} by
     *     default
     */
    public Builder lowest(double hertz) {
      if (!(hertz >= 0 && hertz < sampleRate / 2.0)) {
        throw new IllegalArgumentException(
            "the lowest frequency is " + hertz + "; 0 to below " + sampleRate / 2.0);
      }
      lowest = hertz;
      return this;
    }

    /**
     * Sets below which level everything counts as silence.
     *
     * @param decibels below the loudest, above 0 and finite; {@value #DEFAULT_RANGE_DECIBELS} by
     *     default
     */
    public Builder range(double decibels) {
      if (!(decibels > 0 && decibels < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the range is " + decibels + " decibels; above 0 and finite");
      }
      range = decibels;
      return this;
    }

    /**
     * Computes window and filters.
     *
     * @throws IllegalArgumentException if there are so many bands that one lies between two
     *     frequencies of the transform
     */
    public LogMelSpectrogram build() {
      return new LogMelSpectrogram(this);
    }
  }

  /** The number of bands, at least 1. */
  public int bands() {
    return filters.bands();
  }

  /** The distance from the loudest value to silence in decibels, above 0. */
  public double range() {
    return range;
  }

  /**
   * How many frames a sound has: {@code 1 + (samples - window) / hop}, rounded down.
   *
   * @throws IllegalArgumentException if the sound is shorter than the window
   */
  public int frames(int samples) {
    return 1 + (Checks.atLeast(window, samples, "the number of samples") - window) / hop;
  }

  /**
   * The spectrogram of a sound.
   *
   * @return {@code [frames, bands]} row-major, each from {@code -range} to 0 decibels
   * @throws IllegalArgumentException if the sound is shorter than the window
   */
  public float[] of(float[] samples) {
    int frames = frames(samples.length);
    int bands = bands();
    double[] energy = new double[frames * bands];
    for (int t = 0; t < frames; t++) {
      double[] power = spectrum.of(samples, t * hop);
      for (int b = 0; b < bands; b++) {
        energy[t * bands + b] = filters.apply(b, power);
      }
    }
    double loudest = Arrays.stream(energy).max().orElse(0);
    float[] decibels = new float[energy.length];
    for (int i = 0; i < energy.length; i++) {
      double level = energy[i] > 0 ? 10 * Math.log10(energy[i] / loudest) : -range;
      decibels[i] = (float) Math.max(-range, level);
    }
    return decibels;
  }
}
