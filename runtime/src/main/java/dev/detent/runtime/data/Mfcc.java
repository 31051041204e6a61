package dev.detent.runtime.data;

/**
 * Mel-frequency cepstral coefficients (Davis and Mermelstein, "Comparison of Parametric
 * Representations for Monosyllabic Word Recognition in Continuously Spoken Sentences", 1980): the
 * first values of the orthonormal discrete cosine transform, type II, of each frame of a {@link
 * LogMelSpectrogram},
 *
 * <pre>C[t, k] = s[k] sum over b of S[t, b] cos(pi k (b + 1/2) / bands)</pre>
 *
 * with {@code s[0] = sqrt(1 / bands)} and {@code s[k] = sqrt(2 / bands)} for the others. A spectrum
 * that is {@code v} in every band has {@code C[0] = v sqrt(bands)} and zeros.
 */
public final class Mfcc {
  private final LogMelSpectrogram spectrogram;
  private final double[][] cosines;

  /**
   * Coefficients of the frames of a spectrogram.
   *
   * @param spectrogram where they are computed from
   * @param coefficients how many, 1 to the number of its bands
   */
  public Mfcc(LogMelSpectrogram spectrogram, int coefficients) {
    this.spectrogram = spectrogram;
    int bands = spectrogram.bands();
    if (coefficients < 1 || coefficients > bands) {
      throw new IllegalArgumentException(
          "the number of coefficients is " + coefficients + "; 1 to " + bands);
    }
    cosines = new double[coefficients][bands];
    for (int k = 0; k < coefficients; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / bands);
      for (int b = 0; b < bands; b++) {
        cosines[k][b] = scale * Math.cos(Math.PI * k * (b + 0.5) / bands);
      }
    }
  }

  /** The number of coefficients of a frame, at least 1. */
  public int coefficients() {
    return cosines.length;
  }

  /** How many frames a sound has; see {@link LogMelSpectrogram#frames}. */
  public int frames(int samples) {
    return spectrogram.frames(samples);
  }

  /**
   * The coefficients of a sound.
   *
   * @return {@code [frames, coefficients]} row-major
   * @throws IllegalArgumentException if the sound is shorter than the window
   */
  public float[] of(float[] samples) {
    return transform(spectrogram.of(samples));
  }

  /** Of a spectrogram, {@code [frames, bands]}. */
  float[] transform(float[] levels) {
    int bands = cosines[0].length;
    int frames = levels.length / bands;
    float[] coefficients = new float[frames * cosines.length];
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < cosines.length; k++) {
        double sum = 0;
        for (int b = 0; b < bands; b++) {
          sum += levels[t * bands + b] * cosines[k][b];
        }
        coefficients[t * cosines.length + k] = (float) sum;
      }
    }
    return coefficients;
  }
}
