package dev.detent.inference;

/**
 * The weights of a layer that multiplies and adds up: from sums to the integers of its output, as
 * the built-in kernels round.
 */
final class Products {
  private final FixedPoint[] ratios;
  private final boolean isMatrixProduct;
  private final Node.Bounds bounds;
  private final int zeroPoint;

  /**
   * Of a layer in 8 bits.
   *
   * @param kernel with one scale, or one for each output channel
   * @param channels of the output
   * @param isMatrixProduct whether TFLite's matrix library rounds
   * @param isDense whether the product of two scales of tensors is in float
   * @param fused the field of the fused activation
   */
  Products(
      Node node,
      Tensor x,
      Tensor kernel,
      Tensor y,
      int channels,
      boolean isMatrixProduct,
      boolean isDense,
      int fused) {
    node.requireScale(x);
    node.requireScale(y);
    node.require(
        kernel.scales.length == 1 || kernel.scales.length == channels,
        "%s has %s scales",
        kernel,
        kernel.scales.length);
    node.require(kernel.zeroPoint() == 0, "%s has a zero point", kernel);
    boolean isInFloat = isDense && kernel.scales.length == 1;
    ratios = new FixedPoint[channels];
    for (int c = 0; c < channels; c++) {
      double product =
          isInFloat ? x.scale() * kernel.scale() : (double) x.scale() * kernel.scale(c);
      ratios[c] = FixedPoint.of(product / y.scale());
      node.require(ratios[c].exponent() < 15, "the scale of its channel %s is too large", c);
    }
    this.isMatrixProduct = isMatrixProduct;
    bounds = node.bounds(fused, y);
    zeroPoint = y.zeroPoint();
  }

  /** The integer of a sum. */
  byte integer(int sum, int channel) {
    FixedPoint ratio = ratios[channel];
    int scaled = isMatrixProduct ? ratio.timesHalfUp(sum) : ratio.times(sum);
    return (byte) bounds.clamp(scaled + zeroPoint);
  }

  /** The same of activations of 16 bits. */
  short wideInteger(long sum, int channel) {
    return (short) bounds.clamp(ratios[channel].timesReduced(sum) + zeroPoint);
  }

  /** The same in the dense kernel, which keeps all bits of the multiplier. */
  short narrowed(long sum, int channel) {
    return (short) bounds.clamp(ratios[channel].timesOnce(sum) + zeroPoint);
  }

  /** The bias of each channel, zeros where there is none. */
  static int[] bias(Node node, int input, int channels) {
    if (!node.has(input)) {
      return new int[channels];
    }
    int[] bias = node.constantInts(input);
    node.requireShape(node.input(input), channels);
    return bias;
  }

  /** The same, of 32 or 64 bits. */
  static long[] wideBias(Node node, int input, int channels) {
    long[] wide = new long[channels];
    if (!node.has(input)) {
      return wide;
    }
    Tensor bias = node.input(input);
    node.requireShape(bias, channels);
    if (bias.constant instanceof long[] longs) {
      return longs;
    }
    int[] narrow = node.constantInts(input);
    for (int c = 0; c < channels; c++) {
      wide[c] = narrow[c];
    }
    return wide;
  }

  static float[] realBias(Node node, int input, int channels) {
    if (!node.has(input)) {
      return new float[channels];
    }
    Tensor bias = node.input(input);
    node.requireShape(bias, channels);
    return reals(node, bias);
  }

  /** The bytes of a constant kernel of 8 or 4 bits. */
  static byte[] bytes(Node node, Tensor kernel) {
    boolean isSigned = kernel.type == ElementType.INT8 || kernel.type == ElementType.INT4;
    if (isSigned && kernel.constant instanceof byte[] bytes) {
      return bytes;
    }
    throw node.invalid("its kernel %s is no constant of int8 or int4", kernel);
  }

  /** The numbers of a constant. */
  static float[] reals(Node node, Tensor kernel) {
    if (kernel.constant instanceof float[] floats) {
      return floats;
    }
    throw node.invalid("its %s is no constant of float32", kernel);
  }

  // What follows has arrays from index 0 on and nothing else in its loops, so that the compiler
  // makes
  // vector instructions of it; two sums of two rows at a time halve what is read and written.

  /** {@code sums += factor * row}. */
  static void add(int[] sums, int[] row, int factor, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += factor * row[i];
    }
  }

  /** {@code sums += a * row + b * other}. */
  static void add(int[] sums, int[] row, int a, int[] other, int b, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a * row[i] + b * other[i];
    }
  }

  /** {@code sums += a * row + b * other, more += c * row + d * other}. */
  static void add(
      int[] sums, int[] more, int[] row, int a, int c, int[] other, int b, int d, int length) {
    for (int i = 0; i < length; i++) {
      int left = row[i];
      int right = other[i];
      sums[i] += a * left + b * right;
      more[i] += c * left + d * right;
    }
  }

  /**
   * Vectors times a matrix.
   *
   * @param sums of the first vector
   * @param more of the second one
   * @param values of the first vector
   * @param others of the second one
   * @param rows of the matrix, from {@code first} on
   * @param count of the values
   * @param length of a row
   */
  static void multiply(
      int[] sums,
      int[] more,
      int[] values,
      int[] others,
      int[][] rows,
      int first,
      int count,
      int length) {
    int k = 0;
    for (; k + 1 < count; k += 2) {
      int a = values[k];
      int b = values[k + 1];
      int c = others[k];
      int d = others[k + 1];
      if ((a | b | c | d) != 0) {
        add(sums, more, rows[first + k], a, c, rows[first + k + 1], b, d, length);
      }
    }
    if (k < count) {
      add(sums, rows[first + k], values[k], length);
      add(more, rows[first + k], others[k], length);
    }
  }

  /** The same of one vector. */
  static void multiply(int[] sums, int[] values, int[][] rows, int first, int count, int length) {
    int k = 0;
    for (; k + 1 < count; k += 2) {
      if ((values[k] | values[k + 1]) != 0) {
        add(sums, rows[first + k], values[k], rows[first + k + 1], values[k + 1], length);
      }
    }
    if (k < count) {
      add(sums, rows[first + k], values[k], length);
    }
  }
}
