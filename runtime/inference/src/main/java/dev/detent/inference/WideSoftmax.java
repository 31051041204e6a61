package dev.detent.inference;

import java.util.function.DoubleUnaryOperator;

/**
 * SOFTMAX of 16 bits (kernels/internal/reference/softmax.h, {@code SoftmaxInt16}): exponentials and
 * a reciprocal from tables of 513 entries, linear in between ({@code gen_lut} and {@code
 * generic_int16_table_lookup} of kernels/internal/common.h).
 */
final class WideSoftmax {
  private static final int STEPS = 512;
  private static final int SHIFT = 7;
  private static final double UNIT = 1 << 15;
  private static final double LOWEST = -10;
  private static final short[] EXPONENTIALS = table(Math::exp, LOWEST, 0);
  private static final short[] RECIPROCALS = table(x -> 1 / (1 + x), 0, 1);

  private WideSoftmax() {}

  static Kernel of(Tensor x, Tensor y, float beta) {
    FixedPoint ratio = FixedPoint.of(x.scale() * beta / (-LOWEST / 65_535));
    int depth = x.size(-1);
    return memory -> {
      short[] from = memory.shorts(x);
      short[] to = memory.shorts(y);
      for (int row = 0; row < y.elements; row += depth) {
        run(from, to, row, depth, ratio);
      }
    };
  }

  private static void run(short[] from, short[] to, int row, int depth, FixedPoint ratio) {
    int largest = Short.MIN_VALUE;
    for (int i = row; i < row + depth; i++) {
      largest = Math.max(largest, from[i]);
    }
    int sum = 0;
    for (int i = row; i < row + depth; i++) {
      int recentred = ratio.times(from[i] - largest) + Short.MAX_VALUE;
      int exponential = lookUp(EXPONENTIALS, in16Bits(recentred));
      to[i] = (short) exponential;
      sum += exponential;
    }
    int headroom = Integer.numberOfLeadingZeros(sum);
    int shifted = (int) (((long) sum << (headroom - 1)) + (1 << 13) >> 14);
    int reciprocal = lookUp(RECIPROCALS, in16Bits(shifted - (1 << 15) - (1 << 16)));
    int right = 31 - headroom;
    for (int i = row; i < row + depth; i++) {
      int q = to[i] * reciprocal + (right > 0 ? 1 << (right - 1) : 0) >> right;
      to[i] = (short) FixedPoint.clamp(q, 0, Short.MAX_VALUE);
    }
  }

  private static int in16Bits(int x) {
    return FixedPoint.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private static int lookUp(short[] table, int value) {
    int index = (value >> SHIFT) + STEPS / 2;
    int offset = value & (1 << SHIFT) - 1;
    int base = table[index];
    int slope = table[index + 1] - base;
    return base + (slope * offset + (1 << (SHIFT - 1)) >> SHIFT);
  }

  /** Entries moved so that halfway between two of them half the error is gone. */
  private static short[] table(DoubleUnaryOperator function, double from, double to) {
    double step = (to - from) / STEPS;
    short[] table = new short[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      int sample = FixedPoint.away(function.applyAsDouble(from + i * step) * UNIT);
      double next = function.applyAsDouble(from + (i + 1) * step) * UNIT;
      int between = FixedPoint.away((next + sample) / 2);
      int middle = FixedPoint.away(function.applyAsDouble(from + i * step + step / 2) * UNIT);
      table[i] = (short) in16Bits(sample - FixedPoint.away((between - middle) / 2.0));
    }
    table[STEPS] = (short) in16Bits(FixedPoint.away(function.applyAsDouble(to) * UNIT));
    return table;
  }
}
