package dev.detent.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToIntFunction;

/** MEAN, SUM and REDUCE_MAX: axes become one value. */
final class Reducing {
  private Reducing() {}

  /**
   * The places of what is read, row by row: each row becomes one value.
   *
   * @param starts of each row
   * @param within a row, from its start
   */
  private record Rows(int[] starts, int[] within) {
    static Rows of(Node node, Tensor x, Tensor y) {
      boolean[] isReduced = new boolean[x.rank()];
      for (int axis : node.constantInts(1)) {
        isReduced[axis < 0 ? axis + x.rank() : axis] = true;
      }
      int[] own = Shapes.strides(x.shape);
      List<Integer> kept = new ArrayList<>();
      List<Integer> reduced = new ArrayList<>();
      List<Integer> result = new ArrayList<>();
      boolean keepsDims = node.options.bool(0);
      for (int axis = 0; axis < isReduced.length; axis++) {
        (isReduced[axis] ? reduced : kept).add(axis);
        if (!isReduced[axis] || keepsDims) {
          result.add(isReduced[axis] ? 1 : x.size(axis));
        }
      }
      node.requireShape(y, result.stream().mapToInt(Integer::intValue).toArray());
      node.require(x.type == y.type && x.elements > 0, "it makes %s of %s", y, x);
      return new Rows(walk(x, own, kept), walk(x, own, reduced));
    }

    private static int[] walk(Tensor x, int[] strides, List<Integer> axes) {
      int[] shape = axes.stream().mapToInt(x::size).toArray();
      int[] steps = axes.stream().mapToInt(axis -> strides[axis]).toArray();
      return Shapes.walk(shape, steps, 0);
    }

    int count() {
      return within.length;
    }

    long sum(Object values, int row) {
      long sum = 0;
      for (int place : within) {
        sum += Integers.get(values, starts[row] + place);
      }
      return sum;
    }

    float sum(float[] values, int row) {
      float sum = 0;
      for (int place : within) {
        sum += values[starts[row] + place];
      }
      return sum;
    }
  }

  private static void requireIntegers(Node node, Tensor x, Tensor y) {
    if (x.type != ElementType.INT8 && x.type != ElementType.INT16) {
      throw node.unsupported(x);
    }
    node.requireScale(x);
    node.requireScale(y);
  }

  static Kernel mean(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    Rows rows = Rows.of(node, x, y);
    int count = rows.count();
    if (x.isFloat()) {
      return ofReals(x, y, rows, sum -> sum / count);
    }
    requireIntegers(node, x, y);
    return x.type == ElementType.INT8 && x.rank() == 4 && isOverImageKept(node)
        ? meanOfImage(x, y, rows)
        : meanOfAny(x, y, rows);
  }

  /** Whether height and width stay, with a size of 1. */
  private static boolean isOverImageKept(Node node) {
    int[] axes = node.constantInts(1).clone();
    Arrays.sort(axes);
    return node.options.bool(0) && Arrays.equals(axes, new int[] {1, 2});
  }

  /** The zero point's share is rounded by itself (optimized/integer_ops/mean.h). */
  private static Kernel meanOfImage(Tensor x, Tensor y, Rows rows) {
    int count = rows.count();
    float share = x.zeroPoint() * x.scale() / y.scale();
    int bias = y.zeroPoint() - FixedPoint.away(share);
    FixedPoint ratio = FixedPoint.of(x.scale() / (count * y.scale()));
    return ofIntegers(x, y, rows, sum -> ratio.times((int) sum) + bias);
  }

  /** The multiplier takes the division by the count in (reference/reduce.h). */
  private static Kernel meanOfAny(Tensor x, Tensor y, Rows rows) {
    int count = rows.count();
    FixedPoint ratio = FixedPoint.of((double) x.scale() / (double) y.scale());
    int shift = Math.min(31 - Integer.numberOfLeadingZeros(count), 31 + ratio.exponent());
    long mantissa = ((long) ratio.mantissa() << shift) / count;
    FixedPoint multiplier = new FixedPoint((int) mantissa, ratio.exponent() - shift);
    long zeros = (long) count * x.zeroPoint();
    return ofIntegers(x, y, rows, sum -> multiplier.times((int) (sum - zeros)) + y.zeroPoint());
  }

  /** In float, rounded once (reference/reduce.h, {@code QuantizedMeanOrSum}). */
  static Kernel sum(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    Rows rows = Rows.of(node, x, y);
    if (x.isFloat()) {
      return ofReals(x, y, rows, sum -> sum);
    }
    requireIntegers(node, x, y);
    float scale = x.scale() / y.scale();
    float bias = -x.zeroPoint() * scale * rows.count();
    return ofIntegers(x, y, rows, sum -> FixedPoint.away((int) sum * scale + bias) + y.zeroPoint());
  }

  /** What is made of the sums of integers, clamped to the output's type. */
  private static Kernel ofIntegers(Tensor x, Tensor y, Rows rows, LongToIntFunction ofSum) {
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      for (int i = 0; i < y.elements; i++) {
        int q = ofSum.applyAsInt(rows.sum(from, i));
        Integers.set(to, i, FixedPoint.clamp(q, y.type.lowest(), y.type.highest()));
      }
    };
  }

  /** What is made of the sums of real numbers. */
  private static Kernel ofReals(Tensor x, Tensor y, Rows rows, Elementwise.Real ofSum) {
    return memory -> {
      float[] from = memory.floats(x);
      float[] to = memory.floats(y);
      for (int i = 0; i < y.elements; i++) {
        to[i] = ofSum.apply(rows.sum(from, i));
      }
    };
  }

  static Kernel maximum(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    Rows rows = Rows.of(node, x, y);
    if (x.isFloat()) {
      return memory -> {
        float[] from = memory.floats(x);
        float[] to = memory.floats(y);
        for (int i = 0; i < y.elements; i++) {
          float largest = Float.NEGATIVE_INFINITY;
          for (int place : rows.within) {
            largest = Math.max(largest, from[rows.starts[i] + place]);
          }
          to[i] = largest;
        }
      };
    }
    requireIntegers(node, x, y);
    node.requireSameGrid(x, y);
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      for (int i = 0; i < y.elements; i++) {
        int largest = Integer.MIN_VALUE;
        for (int place : rows.within) {
          largest = Math.max(largest, Integers.get(from, rows.starts[i] + place));
        }
        Integers.set(to, i, largest);
      }
    };
  }

  /** ARG_MAX: of equal values the first. */
  static Kernel indexOfMaximum(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] axes = node.constantInts(1);
    node.require(axes.length == 1, "it has %s axes", axes.length);
    int axis = axes[0] < 0 ? axes[0] + x.rank() : axes[0];
    int size = x.size(axis);
    int before = Shapes.product(x.shape, 0, axis);
    int after = Shapes.product(x.shape, axis + 1, x.rank());
    node.require(
        y.type == ElementType.INT32 && size > 0 && y.elements == (long) before * after,
        "it makes %s of %s",
        y,
        x);
    if (!x.isFloat() && x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    return memory -> {
      Object from = memory.values(x);
      int[] to = memory.ints(y);
      for (int i = 0; i < y.elements; i++) {
        int first = i / after * size * after + i % after;
        int largest = 0;
        for (int k = 1; k < size; k++) {
          if (isLarger(from, first + k * after, first + largest * after)) {
            largest = k;
          }
        }
        to[i] = largest;
      }
    };
  }

  private static boolean isLarger(Object values, int one, int other) {
    return values instanceof float[] reals
        ? reals[one] > reals[other]
        : Integers.get(values, one) > Integers.get(values, other);
  }
}
