package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What features and targets on arrays have in common: chunks that each hold some examples. */
final class ArrayExamples {
  private ArrayExamples() {}

  /** How many examples an array of this length holds. */
  static int count(int length, int[] shape) {
    int elements = Checks.elements(shape);
    if (length % elements != 0) {
      throw new DataException(
          length
              + " elements are not a whole number of examples of the shape "
              + Arrays.toString(shape)
              + " ("
              + elements
              + " elements)");
    }
    return length / elements;
  }

  /** Checks that each of the chunks is of the expected length. */
  static void checkLengths(int chunks, IntUnaryOperator length, int expected, int[] shape) {
    for (int i = 0; i < chunks; i++) {
      if (length.applyAsInt(i) != expected) {
        throw new DataException(
            "example "
                + i
                + " has "
                + length.applyAsInt(i)
                + " elements; the shape "
                + Arrays.toString(shape)
                + " has "
                + expected);
      }
    }
  }

  /** For example {@code 8000 x [28, 28, 1] uint8}. */
  static String describe(Features features) {
    String mapping =
        features.scale() == 1 && features.offset() == 0
            ? ""
            : " * " + features.scale() + (features.offset() == 0 ? "" : " + " + features.offset());
    return features.size()
        + " x "
        + Arrays.toString(features.shape())
        + " "
        + (features.type() == ElementType.UINT8 ? "uint8" : "float32")
        + mapping;
  }
}
