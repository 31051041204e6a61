package dev.detent.inference;

/** What makes probabilities or unit vectors of the last axis. */
final class Normalizing {
  private static final int CODES = 256;

  private Normalizing() {}

  private static void requireRows(Node node, Tensor x, Tensor y) {
    node.requireShape(y, x.shape);
    node.require(x.type == y.type && x.rank() > 0, "it makes %s of %s", y, x);
  }

  private static void requireBytes(Node node, Tensor x, Tensor y) {
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    node.requireScale(x);
    node.requireScale(y);
  }

  /**
   * Exponentials of what is so many steps below the largest: {@code PopulateSoftmaxLookupTable}.
   */
  private static float[] exponentials(float inputScale, float beta) {
    float[] table = new float[CODES];
    float scale = -inputScale * beta;
    for (int below = 0; below < CODES; below++) {
      table[below] = (float) Math.exp(scale * below);
    }
    return table;
  }

  /** SOFTMAX; of 8 bits from a table of exponentials in float (optimized_ops.h). */
  static Kernel softmax(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    requireRows(node, x, y);
    float beta = node.options.float32(0, 0);
    int depth = x.size(-1);
    if (x.isFloat()) {
      return memory -> realSoftmax(memory.floats(x), memory.floats(y), y.elements, depth, beta);
    }
    if (x.type == ElementType.INT16) {
      node.requireScale(x);
      return WideSoftmax.of(x, y, beta);
    }
    requireBytes(node, x, y);
    float[] table = exponentials(x.scale(), beta);
    float outputScale = y.scale();
    int zeroPoint = y.zeroPoint();
    return memory -> {
      byte[] from = memory.bytes(x);
      byte[] to = memory.bytes(y);
      for (int row = 0; row < y.elements; row += depth) {
        int largest = largest(from, row, depth);
        float sum = sum(table, from, row, depth, largest);
        float inverse = 1 / (sum * outputScale);
        for (int i = row; i < row + depth; i++) {
          int q = FixedPoint.away(table[largest - from[i]] * inverse) + zeroPoint;
          to[i] = (byte) FixedPoint.clamp(q, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
      }
    };
  }

  /** The sum of a row's exponentials, one after the other. */
  private static float sum(float[] table, byte[] values, int start, int count, int largest) {
    float sum = 0;
    for (int i = start; i < start + count; i++) {
      sum += table[largest - values[i]];
    }
    return sum;
  }

  private static int largest(byte[] values, int start, int count) {
    int largest = Byte.MIN_VALUE;
    for (int i = start; i < start + count; i++) {
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }

  private static void realSoftmax(float[] from, float[] to, int elements, int depth, float beta) {
    for (int row = 0; row < elements; row += depth) {
      float largest = largest(from, row, depth);
      float sum = 0;
      for (int i = row; i < row + depth; i++) {
        to[i] = (float) Math.exp((from[i] - largest) * beta);
        sum += to[i];
      }
      for (int i = row; i < row + depth; i++) {
        to[i] /= sum;
      }
    }
  }

  private static float largest(float[] values, int start, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = start; i < start + count; i++) {
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }

  /** LOG_SOFTMAX; of 8 bits from a table of exponentials in float (optimized_ops.h). */
  static Kernel logSoftmax(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    requireRows(node, x, y);
    int depth = x.size(-1);
    if (x.isFloat()) {
      return memory -> {
        float[] from = memory.floats(x);
        float[] to = memory.floats(y);
        for (int row = 0; row < y.elements; row += depth) {
          float largest = largest(from, row, depth);
          float sum = 0;
          for (int i = row; i < row + depth; i++) {
            sum += (float) Math.exp(from[i] - largest);
          }
          float log = (float) Math.log(sum);
          for (int i = row; i < row + depth; i++) {
            to[i] = from[i] - largest - log;
          }
        }
      };
    }
    requireBytes(node, x, y);
    float[] table = exponentials(x.scale(), 1);
    float inputScale = x.scale();
    float outputScale = y.scale();
    float scale = inputScale / outputScale;
    int zeroPoint = y.zeroPoint();
    return memory -> {
      byte[] from = memory.bytes(x);
      byte[] to = memory.bytes(y);
      for (int row = 0; row < y.elements; row += depth) {
        int largest = largest(from, row, depth);
        float sum = sum(table, from, row, depth, largest);
        float log = (float) Math.log(sum);
        float less = (inputScale * largest + log) / outputScale;
        for (int i = row; i < row + depth; i++) {
          int q = (int) Math.rint(scale * from[i] - less) + zeroPoint;
          to[i] = (byte) FixedPoint.clamp(q, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
      }
    };
  }

  /** L2_NORMALIZATION (reference/integer_ops/l2normalization.h): steps of 1/128. */
  static Kernel l2(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    requireRows(node, x, y);
    int depth = x.size(-1);
    if (x.isFloat()) {
      return memory -> {
        float[] from = memory.floats(x);
        float[] to = memory.floats(y);
        for (int row = 0; row < y.elements; row += depth) {
          float squares = 0;
          for (int i = row; i < row + depth; i++) {
            squares += from[i] * from[i];
          }
          float length = Math.max((float) Math.sqrt(squares), 1e-6f);
          for (int i = row; i < row + depth; i++) {
            to[i] = from[i] / length;
          }
        }
      };
    }
    requireBytes(node, x, y);
    int zeroPoint = x.zeroPoint();
    return memory -> {
      byte[] from = memory.bytes(x);
      byte[] to = memory.bytes(y);
      for (int row = 0; row < y.elements; row += depth) {
        int squares = 0;
        for (int i = row; i < row + depth; i++) {
          squares += (from[i] - zeroPoint) * (from[i] - zeroPoint);
        }
        long inverse = InverseRoot.of(squares);
        int mantissa = (int) (inverse >> Integer.SIZE);
        int exponent = (int) inverse + 7;
        for (int i = row; i < row + depth; i++) {
          int q = FixedPoint.times(from[i] - zeroPoint, mantissa, exponent);
          to[i] = (byte) FixedPoint.clamp(q, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
      }
    };
  }

  /**
   * {@code GetInvSqrtQuantizedMultiplierExp} of kernels/internal/common.h, with gemmlowp's types.
   */
  private static final class InverseRoot {
    private static final int ITERATIONS = 5;

    /** With three integer bits: 1, 1.5. */
    private static final int ONE = 1 << 28;

    private static final int ONE_AND_A_HALF = (1 << 28) + (1 << 27);
    private static final int HALF_ROOT_OF_2 = 1_518_500_250;

    /** The mantissa in the upper half, the exponent in the lower one. */
    static long of(int squares) {
      if (squares <= 1) {
        return (long) Integer.MAX_VALUE << Integer.SIZE;
      }
      int input = squares;
      int shift = 11;
      while (input >= 1 << 29) {
        input /= 4;
        shift++;
      }
      int pairs = (Integer.numberOfLeadingZeros(input) - 1) / 2 - 1;
      shift -= pairs;
      input <<= 2 * pairs;
      int half = FixedPoint.divided(input >> 1, 1);
      int x = ONE;
      for (int i = 0; i < ITERATIONS; i++) {
        int cube = shifted(FixedPoint.product(FixedPoint.product(x, x), x), 6);
        x = shifted(FixedPoint.product(ONE_AND_A_HALF, x) - FixedPoint.product(half, cube), 3);
      }
      x = FixedPoint.product(x, HALF_ROOT_OF_2);
      if (shift < 0) {
        x <<= -shift;
        shift = 0;
      }
      return (long) x << Integer.SIZE | -shift & 0xFFFF_FFFFL;
    }

    /** {@code SaturatingRoundingMultiplyByPOT}. */
    private static int shifted(int x, int bits) {
      long wide = (long) x << bits;
      return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide));
    }
  }
}
