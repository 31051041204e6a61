package dev.detent.inference;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one run writes: the tensors' values, and room for the kernels' sums. */
final class Memory {
  /** Each tensor's values: an array of its type, which may be longer than the tensor. */
  private final @Nullable Object[] values;

  private final Scratch scratch;

  Memory(@Nullable Object[] values, Scratch scratch) {
    this.values = values;
    this.scratch = scratch;
  }

  /** An array of the tensor's type; there is one for each that an operation names. */
  Object values(Tensor tensor) {
    return Objects.requireNonNull(values[tensor.index]);
  }

  byte[] bytes(Tensor tensor) {
    return (byte[]) values(tensor);
  }

  short[] shorts(Tensor tensor) {
    return (short[]) values(tensor);
  }

  int[] ints(Tensor tensor) {
    return (int[]) values(tensor);
  }

  float[] floats(Tensor tensor) {
    return (float[]) values(tensor);
  }

  /** Rows of integers that any kernel may overwrite. */
  int[][] rows() {
    return scratch.rows;
  }

  /** Integers that any kernel may overwrite. */
  int[] line(int number) {
    return scratch.lines[number];
  }

  /**
   * Room for sums, as large as the largest need.
   *
   * @param rows of one length
   * @param lines of any lengths
   */
  record Scratch(int[][] rows, int[][] lines) {}

  /** Collects what the kernels need. */
  static final class Needs {
    /** The length of each row, the longest first. */
    private int[] rows = new int[0];

    private final int[] lines = new int[2];

    /** Rows that begin at index 0, which the compiler turns into vector instructions. */
    void rows(int count, int length) {
      rows = Arrays.copyOf(rows, Math.max(rows.length, count));
      for (int i = 0; i < count; i++) {
        rows[i] = Math.max(rows[i], length);
      }
    }

    /** A line of number 0 or 1. */
    void line(int number, int length) {
      lines[number] = Math.max(lines[number], length);
    }

    /** How many integers they are together. */
    long total() {
      return Arrays.stream(rows).asLongStream().sum() + Arrays.stream(lines).asLongStream().sum();
    }

    Scratch allocate() {
      return new Scratch(arrays(rows), arrays(lines));
    }

    private static int[][] arrays(int[] lengths) {
      int[][] arrays = new int[lengths.length][];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = new int[lengths[i]];
      }
      return arrays;
    }
  }
}
