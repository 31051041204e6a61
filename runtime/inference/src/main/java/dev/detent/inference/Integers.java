package dev.detent.inference;

/** Integers in arrays of any width. */
final class Integers {
  private Integers() {}

  /** A value; of unsigned ones as if they had a sign. */
  static int get(Object array, int index) {
    if (array instanceof byte[] bytes) {
      return bytes[index];
    }
    if (array instanceof short[] shorts) {
      return shorts[index];
    }
    return ((int[]) array)[index];
  }

  static void set(Object array, int index, int value) {
    if (array instanceof byte[] bytes) {
      bytes[index] = (byte) value;
    } else if (array instanceof short[] shorts) {
      shorts[index] = (short) value;
    } else {
      ((int[]) array)[index] = value;
    }
  }
}
