package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;

/**
 * One image of a batch, {@code [height, width, channels]}, for an {@link Augmentation} to change in
 * place. Its elements are unscaled: 0 to 255 where the features are bytes.
 *
 * <p>A series, {@code [time, features]}, is an image of one channel whose rows are its steps.
 *
 * <p>Where a target has a class for each pixel, {@link #flipHorizontally}, {@link #flipVertically},
 * {@link #shift} and {@link #affine} move these with the pixels; where nothing moves to, they
 * become class 0. They move boxes as well.
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
  private int rank;

  /** Classes of the pixels, of each target that has them; those of this image begin there. */
  private List<int[]> maps = List.of();

  private int mapStart;
  private Movement movement = Movement.NONE;

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
    rank = shape.length;
    height = shape[0];
    width = shape[1];
    channels = rank == 2 ? 1 : shape[2];
    maps = List.of();
    movement = Movement.NONE;
    return this;
  }

  /** Has classes of the pixels move with them. */
  void with(List<int[]> newMaps, int newMapStart) {
    maps = newMaps;
    mapStart = newMapStart;
  }

  /** How the content has moved. */
  Movement movement() {
    return movement;
  }

  /** The number of dimensions of the input: 3 of an image, 2 of a series. */
  int rank() {
    return rank;
  }

  /** What white is: 255 of bytes, 1 of floats. */
  float white() {
    return isBytes ? 255 : 1;
  }

  /** The number of elements. */
  int elements() {
    return height * width * channels;
  }

  /** An element by its place in the image. */
  float at(int index) {
    return isBytes ? bytes[start + index] & 0xff : floats[start + index];
  }

  /** Changes an element by its place in the image; of bytes it is rounded and limited. */
  void put(int index, float value) {
    if (isBytes) {
      bytes[start + index] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    } else {
      floats[start + index] = value;
    }
  }

  /** All elements, copied. */
  float[] copy() {
    float[] copy = new float[elements()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = at(i);
    }
    return copy;
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
    put(at - start, value);
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
    moveMaps((y, x) -> y * width + width - 1 - x);
    movement = movement.then(Movement.LEFT_TO_RIGHT);
  }

  /** Swaps top and bottom. */
  public void flipVertically() {
    int row = width * channels;
    Object line = isBytes ? new byte[row] : new float[row];
    for (int top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
      System.arraycopy(pixels(), start + top * row, line, 0, row);
      System.arraycopy(pixels(), start + bottom * row, pixels(), start + top * row, row);
      System.arraycopy(line, 0, pixels(), start + bottom * row, row);
    }
    moveMaps((y, x) -> (height - 1 - y) * width + x);
    movement = movement.then(Movement.TOP_TO_BOTTOM);
  }

  /**
   * Rotates, enlarges, shears and moves: with {@code x} and {@code y} counted from the middle of
   * the image, the pixel at {@code (x, y)} becomes what was at
   *
   * <pre>(xx * x + xy * y + right, yx * x + yy * y + down)</pre>
   *
   * interpolated between its four neighbours, of which those outside of the image are 0.
   */
  public void affine(double xx, double xy, double right, double yx, double yy, double down) {
    float[] before = copy();
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = xx * (x - middleX) + xy * (y - middleY) + right + middleX;
        double fromY = yx * (x - middleX) + yy * (y - middleY) + down + middleY;
        int left = (int) Math.floor(fromX);
        int top = (int) Math.floor(fromY);
        float shareX = (float) (fromX - left);
        float shareY = (float) (fromY - top);
        int at = (y * width + x) * channels;
        if (left >= 0 && left + 1 < width && top >= 0 && top + 1 < height) {
          int from = (top * width + left) * channels;
          int below = from + width * channels;
          for (int c = 0; c < channels; c++) {
            float upper = before[from + c] * (1 - shareX) + before[from + channels + c] * shareX;
            float lower = before[below + c] * (1 - shareX) + before[below + channels + c] * shareX;
            put(at + c, upper * (1 - shareY) + lower * shareY);
          }
        } else {
          for (int c = 0; c < channels; c++) {
            float upper =
                value(before, top, left, c) * (1 - shareX)
                    + value(before, top, left + 1, c) * shareX;
            float lower =
                value(before, top + 1, left, c) * (1 - shareX)
                    + value(before, top + 1, left + 1, c) * shareX;
            put(at + c, upper * (1 - shareY) + lower * shareY);
          }
        }
      }
    }
    moveMaps(
        (y, x) -> {
          double fromX = xx * (x - middleX) + xy * (y - middleY) + right + middleX;
          double fromY = yx * (x - middleX) + yy * (y - middleY) + down + middleY;
          return inside(Math.round(fromY), Math.round(fromX));
        });
    movement = movement.then(inverse(xx, xy, right, yx, yy, down));
  }

  /** Where {@link #affine} moves what it reads from elsewhere; of no numbers if it is flat. */
  private Movement inverse(double xx, double xy, double right, double yx, double yy, double down) {
    double determinant = xx * yy - xy * yx;
    double toYy = xx / determinant;
    double toYx = -yx / determinant * width / height;
    double toXy = -xy / determinant * height / width;
    double toXx = yy / determinant;
    double y = 0.5 + down / height;
    double x = 0.5 + right / width;
    return new Movement(
        toYy, toYx, 0.5 - toYy * y - toYx * x, toXy, toXx, 0.5 - toXy * y - toXx * x);
  }

  private float value(float[] before, int y, int x, int channel) {
    int place = inside(y, x);
    return place < 0 ? 0 : before[place * channels + channel];
  }

  /** The place of a pixel, -1 outside of the image. */
  private int inside(long y, long x) {
    return y < 0 || y >= height || x < 0 || x >= width ? -1 : (int) (y * width + x);
  }

  /** Which place a pixel gets its class from, negative for none. */
  private interface Source {
    int of(int y, int x);
  }

  private void moveMaps(Source source) {
    for (int[] map : maps) {
      int[] before = Arrays.copyOfRange(map, mapStart, mapStart + height * width);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int from = source.of(y, x);
          map[mapStart + y * width + x] = from < 0 ? 0 : before[from];
        }
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
    moveMaps((y, x) -> inside((long) y - down, (long) x - right));
    movement =
        movement.then(new Movement(1, 0, (double) down / height, 0, 1, (double) right / width));
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
