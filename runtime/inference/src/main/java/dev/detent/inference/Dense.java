package dev.detent.inference;

import java.util.Arrays;

/** FULLY_CONNECTED and BATCH_MATMUL. */
final class Dense {
  /** From so many outputs on, all are computed together, one input at a time. */
  private static final int WIDE = 16;

  private Dense() {}

  static Kernel fullyConnected(Node node) {
    Tensor x = node.input(0);
    Tensor kernel = node.input(1);
    Tensor y = node.output(0);
    node.require(kernel.rank() == 2 && kernel.elements > 0, "its kernel is %s", kernel);
    node.require(node.options.int8(1, 0) == 0, "its weights are shuffled");
    int units = kernel.size(0);
    int inputs = kernel.size(1);
    int rows = x.elements / inputs;
    node.require(
        rows * (long) inputs == x.elements && rows * (long) units == y.elements,
        "it makes %s of %s with %s",
        y,
        x,
        kernel);
    if (x.isFloat()) {
      node.require(y.isFloat(), "it makes %s of %s", y, x);
      float[] weights = Products.reals(node, kernel);
      float[] bias = Products.realBias(node, 2, units);
      Node.RealBounds bounds = node.realBounds(0);
      return memory -> {
        float[] from = memory.floats(x);
        float[] to = memory.floats(y);
        for (int row = 0; row < rows; row++) {
          for (int unit = 0; unit < units; unit++) {
            float sum = 0;
            for (int i = 0; i < inputs; i++) {
              sum += from[row * inputs + i] * weights[unit * inputs + i];
            }
            to[row * units + unit] = bounds.clamp(sum + bias[unit]);
          }
        }
      };
    }
    node.require(x.type == y.type, "it makes %s of %s", y, x);
    byte[] weights = Products.bytes(node, kernel);
    Products products = new Products(node, x, kernel, y, units, true, true, 0);
    if (x.type == ElementType.INT16) {
      long[] bias = Products.wideBias(node, 2, units);
      return memory -> {
        short[] from = memory.shorts(x);
        short[] to = memory.shorts(y);
        for (int row = 0; row < rows; row++) {
          for (int unit = 0; unit < units; unit++) {
            long sum = bias[unit];
            for (int i = 0; i < inputs; i++) {
              sum += from[row * inputs + i] * weights[unit * inputs + i];
            }
            to[row * units + unit] = products.narrowed(sum, unit);
          }
        }
      };
    }
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    int[] bias = Products.bias(node, 2, units);
    int zeroPoint = x.zeroPoint();
    if (units < WIDE) {
      return memory -> {
        byte[] from = memory.bytes(x);
        byte[] to = memory.bytes(y);
        for (int row = 0; row < rows; row++) {
          for (int unit = 0; unit < units; unit++) {
            int sum = bias[unit];
            for (int i = 0; i < inputs; i++) {
              sum += (from[row * inputs + i] - zeroPoint) * weights[unit * inputs + i];
            }
            to[row * units + unit] = products.integer(sum, unit);
          }
        }
      };
    }
    int[][] columns = new int[inputs][units];
    for (int unit = 0; unit < units; unit++) {
      for (int i = 0; i < inputs; i++) {
        columns[i][unit] = weights[unit * inputs + i];
      }
    }
    node.needs.rows(1, units);
    node.needs.line(0, inputs);
    return memory -> {
      byte[] from = memory.bytes(x);
      byte[] to = memory.bytes(y);
      int[] sums = memory.rows()[0];
      int[] values = memory.line(0);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(bias, 0, sums, 0, units);
        for (int i = 0; i < inputs; i++) {
          values[i] = from[row * inputs + i] - zeroPoint;
        }
        Products.multiply(sums, values, columns, 0, inputs, units);
        for (int unit = 0; unit < units; unit++) {
          to[row * units + unit] = products.integer(sums[unit], unit);
        }
      }
    };
  }

  /** BATCH_MATMUL of two computed matrices, each transposed or not. */
  static Kernel batchMatMul(Node node) {
    Tensor a = node.input(0);
    Tensor b = node.input(1);
    Tensor y = node.output(0);
    boolean isATransposed = node.options.bool(0);
    boolean isBTransposed = node.options.bool(1);
    node.require(a.rank() >= 2 && b.rank() >= 2 && y.rank() >= 2, "it makes %s of %s", y, a);
    int rows = a.size(isATransposed ? -1 : -2);
    int inner = a.size(isATransposed ? -2 : -1);
    int columns = b.size(isBTransposed ? -2 : -1);
    node.require(
        b.size(isBTransposed ? -1 : -2) == inner && y.size(-2) == rows && y.size(-1) == columns,
        "it makes %s of %s and %s",
        y,
        a,
        b);
    int[] batch = Arrays.copyOf(y.shape, y.rank() - 2);
    int[] ofA = Shapes.broadcast(Arrays.copyOf(a.shape, a.rank() - 2), batch);
    int[] ofB = Shapes.broadcast(Arrays.copyOf(b.shape, b.rank() - 2), batch);
    int aRow = isATransposed ? 1 : inner;
    int bColumn = isBTransposed ? inner : 1;
    Cell cell = cell(node, inner, isATransposed ? rows : 1, isBTransposed ? 1 : columns);
    return memory -> {
      Object left = memory.values(a);
      Object right = memory.values(b);
      Object to = memory.values(y);
      int place = 0;
      for (int i = 0; i < ofA.length; i++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            int p = ofA[i] * rows * inner + row * aRow;
            int q = ofB[i] * inner * columns + column * bColumn;
            cell.compute(left, right, to, place++, p, q);
          }
        }
      }
    };
  }

  /** One value of a product of matrices: from a row's start and a column's. */
  private interface Cell {
    void compute(Object left, Object right, Object to, int place, int row, int column);
  }

  /**
   * The value of a row and a column.
   *
   * @param inner how many values they have
   * @param aStep how far those of the row are apart
   * @param bStep how far those of the column are apart
   */
  private static Cell cell(Node node, int inner, int aStep, int bStep) {
    Tensor a = node.input(0);
    Tensor b = node.input(1);
    Tensor y = node.output(0);
    node.require(a.type == b.type && a.type == y.type, "it makes %s of %s and %s", y, a, b);
    if (a.isFloat()) {
      return (left, right, to, place, row, column) -> {
        float sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += ((float[]) left)[row + k * aStep] * ((float[]) right)[column + k * bStep];
        }
        ((float[]) to)[place] = sum;
      };
    }
    if (a.type != ElementType.INT8) {
      throw node.unsupported(a);
    }
    node.requireScale(a);
    node.requireScale(b);
    node.requireScale(y);
    FixedPoint ratio = FixedPoint.of((double) (a.scale() * b.scale()) / y.scale());
    int zeroA = a.zeroPoint();
    int zeroB = b.zeroPoint();
    int zeroY = y.zeroPoint();
    return (left, right, to, place, row, column) -> {
      byte[] ofRow = (byte[]) left;
      byte[] ofColumn = (byte[]) right;
      int sum = 0;
      for (int k = 0; k < inner; k++) {
        sum += (ofRow[row + k * aStep] - zeroA) * (ofColumn[column + k * bStep] - zeroB);
      }
      int integer = ratio.timesHalfUp(sum) + zeroY;
      ((byte[]) to)[place] = (byte) FixedPoint.clamp(integer, Byte.MIN_VALUE, Byte.MAX_VALUE);
    };
  }
}
