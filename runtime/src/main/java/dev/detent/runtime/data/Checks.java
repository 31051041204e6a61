package dev.detent.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Checks of arguments, each with the bad value and the allowed range in its message. */
final class Checks {
  private Checks() {}

  static int sameSize(int expected, int size, String what) {
    if (expected >= 0 && size != expected) {
      throw new DataException(
          what + " holds " + size + " examples, but what comes before it " + expected);
    }
    return size;
  }

  static void folder(Path path) {
    if (!Files.isDirectory(path)) {
      throw new DataException(path + (Files.exists(path) ? " is not a folder" : " does not exist"));
    }
  }

  static void sameShape(Path path, Features images, Path other, Features others) {
    if (!Arrays.equals(images.shape(), others.shape())) {
      throw new DataException(
          "%s has images of %s, but %s of %s"
              .formatted(
                  path, Arrays.toString(images.shape()), other, Arrays.toString(others.shape())));
    }
  }

  static int index(int index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "example " + index + " of " + size + " (0 to " + (size - 1) + ")");
    }
    return index;
  }

  static int atLeast(int minimum, int value, String what) {
    if (value < minimum) {
      throw new IllegalArgumentException(what + " is " + value + "; at least " + minimum);
    }
    return value;
  }

  static int take(int count, int size) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("take " + count + " of " + size + " examples");
    }
    return count;
  }

  /** The product of a shape's dimensions. */
  static int elements(int[] shape) {
    long elements = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has a dimension below 1");
      }
      elements *= dimension;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has more than 2^31 - 1 elements");
      }
    }
    return (int) elements;
  }

  static float finite(float value, String what) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(what + " is " + value + "; a finite number is needed");
    }
    return value;
  }

  /** The first {@code count} indices. */
  static int[] firstIndices(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** A copy of the indices, each of which is one of {@code size} examples. */
  static int[] indices(int[] indices, int size) {
    for (int index : indices) {
      index(index, size);
    }
    return indices.clone();
  }
}
