package dev.detent.runtime.data;

/**
 * Brings images to another size with a triangle filter, rows and columns apart: bilinear
 * interpolation where the image grows, a weighted mean of all pixels beneath where it shrinks.
 */
final class Resampling {
  private Resampling() {}

  /** For each target position the first source position and the weights from there on. */
  private record Filter(int[] first, float[][] weights) {}

  static byte[] resize(
      byte[] pixels, int height, int width, int channels, int newHeight, int newWidth) {
    Filter columns = filter(width, newWidth);
    float[] narrowed = new float[height * newWidth * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < newWidth; x++) {
        float[] weights = columns.weights[x];
        int source = (y * width + columns.first[x]) * channels;
        int target = (y * newWidth + x) * channels;
        for (int i = 0; i < weights.length; i++) {
          for (int c = 0; c < channels; c++) {
            narrowed[target + c] += weights[i] * (pixels[source + i * channels + c] & 0xff);
          }
        }
      }
    }
    Filter rows = filter(height, newHeight);
    int row = newWidth * channels;
    byte[] resized = new byte[newHeight * row];
    for (int y = 0; y < newHeight; y++) {
      float[] weights = rows.weights[y];
      for (int x = 0; x < row; x++) {
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += weights[i] * narrowed[(rows.first[y] + i) * row + x];
        }
        resized[y * row + x] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
    return resized;
  }

  private static Filter filter(int size, int newSize) {
    double step = (double) size / newSize;
    double support = Math.max(1, step);
    int[] first = new int[newSize];
    float[][] weights = new float[newSize][];
    for (int i = 0; i < newSize; i++) {
      double center = (i + 0.5) * step - 0.5;
      int from = Math.max(0, (int) Math.ceil(center - support));
      int to = Math.min(size - 1, (int) Math.floor(center + support));
      float[] each = new float[to - from + 1];
      double sum = 0;
      for (int j = from; j <= to; j++) {
        double weight = Math.max(0, 1 - Math.abs(j - center) / support);
        each[j - from] = (float) weight;
        sum += weight;
      }
      for (int j = 0; j < each.length; j++) {
        each[j] = (float) (each[j] / sum);
      }
      first[i] = from;
      weights[i] = each;
    }
    return new Filter(first, weights);
  }
}
