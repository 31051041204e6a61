package dev.detent.runtime.data;

import java.util.Arrays;

/**
 * One image of a batch, {@code [height, width, channels]}, for an {@link Augmentation} to change in
 * place. Its elements are unscaled: 0 to 255 where the features are bytes.
 */
public final class Image {
  /** One of the two is in use. */
  private byte[] bytes = {};

  private float[] floats = {};
  private boolean isBytes;
  private int start;
  private int height;
  private int width;
  private int channels;

  Image() {}

  /** Points this view at another image, of bytes or floats. */
  Image at(Object pixels, int newStart, int[] shape) {
    isBytes = pixels instanceof byte[];
    if (isBytes) {
      bytes = (byte[]) pixels;
    } else {
      floats = (float[]) pixels;
    }
    start = newStart;
    height = shape[0];
    width = shape[1];
    channels = shape[2];
    return this;
  }

  /** In pixels. */
  public int height() {
    return height;
  }

  /** In pixels. */
  public int width() {
    return width;
  }

  /** 1 for gray, 3 for RGB. */
  public int channels() {
    return channels;
  }

  /** One element, unscaled. */
  public float get(int y, int x, int channel) {
    int at = position(y, x, channel);
    return isBytes ? bytes[at] & 0xff : floats[at];
  }

  /**
   * Changes one element.
   *
   * @param value the new value, unscaled; of bytes it is rounded and limited to 0 to 255
   */
  public void set(int y, int x, int channel, float value) {
    int at = position(y, x, channel);
    if (isBytes) {
      bytes[at] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    } else {
      floats[at] = value;
    }
  }

  private int position(int y, int x, int channel) {
    if (y < 0 || y >= height || x < 0 || x >= width || channel < 0 || channel >= channels) {
      throw new IndexOutOfBoundsException(
          String.format(
              "[%d, %d, %d] of an image of [%d, %d, %d]", y, x, channel, height, width, channels));
    }
    return start + (y * width + x) * channels + channel;
  }

  /** Swaps left and right. */
  public void flipHorizontally() {
    Object pixel = isBytes ? new byte[channels] : new float[channels];
    for (int y = 0; y < height; y++) {
      int left = start + y * width * channels;
      int right = left + (width - 1) * channels;
      for (; left < right; left += channels, right -= channels) {
        System.arraycopy(pixels(), left, pixel, 0, channels);
        System.arraycopy(pixels(), right, pixels(), left, channels);
        System.arraycopy(pixel, 0, pixels(), right, channels);
      }
    }
  }

  /**
   * Moves the content; elements that nothing moves to become 0.
   *
   * @param down by how many rows, negative for up
   * @param right by how many columns, negative for left
   */
  public void shift(int down, int right) {
    int row = width * channels;
    int kept = Math.max(0, width - Math.abs(right)) * channels;
    int from = Math.max(0, -right) * channels;
    int to = Math.max(0, right) * channels;
    for (int i = 0; i < height; i++) {
      // Rows are moved in an order in which none is overwritten before it has been read.
      int y = down > 0 ? height - 1 - i : i;
      int target = start + y * row;
      int sourceRow = y - down;
      if (sourceRow < 0 || sourceRow >= height || kept == 0) {
        clear(target, target + row);
        continue;
      }
      int source = start + sourceRow * row;
      System.arraycopy(pixels(), source + from, pixels(), target + to, kept);
      clear(target, target + to);
      clear(target + to + kept, target + row);
    }
  }

  private Object pixels() {
    return isBytes ? bytes : floats;
  }

  private void clear(int from, int to) {
    if (isBytes) {
      Arrays.fill(bytes, from, to, (byte) 0);
    } else {
      Arrays.fill(floats, from, to, 0);
    }
  }
}
