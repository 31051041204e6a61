package dev.detent.runtime.weights;

import java.io.IOException;
import java.util.Arrays;

/**
 * One array of a file.
 *
 * @param name as the file has it: {@code conv2d_1/kernel:0}
 * @param layer that it belongs to: {@code conv2d_1}; empty if the file does not say
 * @param part of the layer, in Keras's words: {@code kernel}; empty if the file does not say
 * @param shape its sizes, row-major
 * @param reader reads the values when they are wanted
 */
record SourceArray(String name, String layer, String part, int[] shape, Reader reader) {

  /** Reads an array's values. */
  @FunctionalInterface
  interface Reader {
    /** The values, row by row. */
    float[] read() throws IOException;
  }

  /** The sizes in text. */
  String shapeText() {
    return Arrays.toString(shape);
  }

  /**
   * Whether it can fill a variable of that shape. Leading sizes of 1 make no difference: a 1x1
   * convolution over one pixel and a dense layer have the same kernel, and so have a convolution
   * over a sequence and one over an image of one row.
   */
  boolean fits(int[] wanted) {
    return Arrays.equals(withoutLeadingOnes(shape), withoutLeadingOnes(wanted));
  }

  private static int[] withoutLeadingOnes(int[] shape) {
    int ones = 0;
    while (ones < shape.length && shape[ones] == 1) {
      ones++;
    }
    return Arrays.copyOfRange(shape, ones, shape.length);
  }
}
