package dev.detent.runtime.internal.tflite.read;

import dev.detent.runtime.tflite.TfliteException;

/**
 * Bounds what is read out of a file by the file's size. Its tables may point at one vector as often
 * as they like, so that a small file can claim any amount.
 */
public final class ReadingLimit {
  private static final int SMALLEST = 1 << 16;

  private final String source;
  private long left;

  /**
   * A limit.
   *
   * @param times how often the file's size
   * @param fileBytes that size
   * @param source its name, for messages
   */
  public ReadingLimit(int times, int fileBytes, String source) {
    this.source = source;
    this.left = SMALLEST + (long) times * fileBytes;
  }

  /**
   * Counts what is read next.
   *
   * @return {@code count}
   * @throws TfliteException if it is negative, or more than is left
   */
  public int take(int count, int bytesEach) {
    left -= (long) count * bytesEach;
    if (count < 0) {
      throw ModelBytes.invalid(source, "its tables are damaged");
    }
    if (left < 0) {
      throw ModelBytes.invalid(
          source, "its tables point at each other so often that they hold many times its size");
    }
    return count;
  }
}
