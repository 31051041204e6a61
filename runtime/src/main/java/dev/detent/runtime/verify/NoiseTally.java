package dev.detent.runtime.verify;

/**
 * Sums up a signal-to-quantization-noise ratio: {@code 10 log10(sum of y^2 / sum of (y - y')^2)}.
 */
final class NoiseTally {
  private double signal;
  private double noise;
  private long values;

  /** Adds one example. */
  void add(float[] exact, int from, float[] quantized) {
    for (int i = 0; i < quantized.length; i++) {
      double y = exact[from + i];
      double error = y - quantized[i];
      signal += y * y;
      noise += error * error;
    }
    values += quantized.length;
  }

  /** The root of the mean square of the noise. */
  double noise() {
    return Math.sqrt(noise / values);
  }

  /** Infinite without noise, NaN without signal. */
  double decibels() {
    return signal == 0 ? Double.NaN : 10 * Math.log10(signal / noise);
  }
}
