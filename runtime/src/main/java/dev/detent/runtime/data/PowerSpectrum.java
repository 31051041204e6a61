package dev.detent.runtime.data;

import java.util.Arrays;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * The power of one frame of a sound at equally spaced frequencies:
 *
 * <pre>P[k] = |sum over n of w[n] x[n] exp(-2 pi i k n / N)|^2,  k = 0 .. N / 2</pre>
 *
 * where {@code x} are the {@code L} samples of the frame, {@code w[n] = 0.5 - 0.5 cos(2 pi n / L)}
 * is the periodic Hann window (Harris, "On the Use of Windows for Harmonic Analysis with the
 * Discrete Fourier Transform", 1978) and {@code N} the smallest power of two that is at least
 * {@code L}; the frame is filled up with zeros. Bin {@code k} is the frequency {@code k rate / N}.
 */
final class PowerSpectrum {
  private final double[] window;
  private final int size;

  /**
   * Spectra of frames of one length.
   *
   * @param length samples a frame, at least 2
   */
  PowerSpectrum(int length) {
    Checks.atLeast(2, length, "the window");
    window = new double[length];
    Arrays.setAll(window, n -> 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length));
    size = length == Integer.highestOneBit(length) ? length : Integer.highestOneBit(length) << 1;
  }

  /** The transform's length {@code N}. */
  int size() {
    return size;
  }

  /** The number of frequencies, {@code N / 2 + 1}. */
  int bins() {
    return size / 2 + 1;
  }

  /**
   * The spectrum of the frame that starts at a sample.
   *
   * @param samples hold the whole frame
   * @param start its first sample
   * @return {@code bins()} powers, each at least 0
   */
  double[] of(float[] samples, int start) {
    double[][] values = new double[2][size];
    for (int n = 0; n < window.length; n++) {
      values[0][n] = window[n] * samples[start + n];
    }
    FastFourierTransformer.transformInPlace(
        values, DftNormalization.STANDARD, TransformType.FORWARD);
    double[] power = new double[bins()];
    Arrays.setAll(power, k -> values[0][k] * values[0][k] + values[1][k] * values[1][k]);
    return power;
  }
}
