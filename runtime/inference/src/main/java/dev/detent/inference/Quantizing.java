package dev.detent.inference;

import java.util.function.IntUnaryOperator;

/** Between real numbers and integers, and between integers of different grids. */
final class Quantizing {
  private Quantizing() {}

  /** QUANTIZE of real numbers and of integers (kernels/quantize.cc). */
  static Kernel quantize(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(x.elements == y.elements, "%s has not as many values as %s", x, y);
    node.requireScale(y);
    if (x.isFloat()) {
      node.require(y.type != ElementType.FLOAT32, "it gives %s", y);
      return memory -> quantize(memory.floats(x), memory.values(y), y);
    }
    node.requireScale(x);
    FixedPoint ratio = FixedPoint.of((double) x.scale() / (double) y.scale());
    int from = x.zeroPoint();
    int to = y.zeroPoint();
    IntUnaryOperator function = q -> ratio.times(q - from) + to;
    return Elementwise.ofIntegers(node, function);
  }

  /** Half away from zero, the quotient in double. */
  static void quantize(float[] reals, Object integers, Tensor tensor) {
    double scale = tensor.scale();
    int zeroPoint = tensor.zeroPoint();
    int lowest = tensor.type.lowest();
    int highest = tensor.type.highest();
    for (int i = 0; i < tensor.elements; i++) {
      double steps = reals[i] / scale;
      // Far outside there is no integer to round to.
      double near = Math.max(-0x1p30, Math.min(0x1p30, steps));
      int q = FixedPoint.clamp(FixedPoint.away(near) + zeroPoint, lowest, highest);
      Integers.set(integers, i, q);
    }
  }

  /** DEQUANTIZE (kernels/dequantize.cc). */
  static Kernel dequantize(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(y.isFloat() && !x.isFloat(), "it makes %s of %s", y, x);
    node.requireShape(y, x.shape);
    if (x.scales.length > 1) {
      return dequantizeChannels(node, x, y);
    }
    node.requireScale(x);
    return memory -> dequantize(memory.values(x), memory.floats(y), x);
  }

  /** Of weights, whose channels have a scale each and 0 for a zero point. */
  private static Kernel dequantizeChannels(Node node, Tensor x, Tensor y) {
    node.require(
        x.axis >= 0 && x.axis < x.rank() && x.scales.length == x.size(x.axis) && x.zeroPoint() == 0,
        "%s has %s scales",
        x,
        x.scales.length);
    int inner = Shapes.product(x.shape, x.axis + 1, x.rank());
    return memory -> {
      Object integers = memory.values(x);
      float[] reals = memory.floats(y);
      for (int i = 0; i < y.elements; i++) {
        reals[i] = Integers.get(integers, i) * x.scales[i / inner % x.scales.length];
      }
    };
  }

  static void dequantize(Object integers, float[] reals, Tensor tensor) {
    float scale = tensor.scale();
    int zeroPoint = tensor.zeroPoint();
    boolean isUnsigned = tensor.type == ElementType.UINT8;
    for (int i = 0; i < tensor.elements; i++) {
      int q = Integers.get(integers, i);
      reals[i] = ((isUnsigned ? q & 0xFF : q) - zeroPoint) * scale;
    }
  }

  /** CAST of integers to wider ones and to real numbers (kernels/cast.cc). */
  static Kernel cast(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.requireShape(y, x.shape);
    if (x.isFloat() || x.type == ElementType.UINT8 || y.type == ElementType.UINT8) {
      throw node.unsupported(x);
    }
    if (y.isFloat()) {
      return memory -> {
        float[] to = memory.floats(y);
        Object from = memory.values(x);
        for (int i = 0; i < y.elements; i++) {
          to[i] = Integers.get(from, i);
        }
      };
    }
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      for (int i = 0; i < y.elements; i++) {
        Integers.set(to, i, Integers.get(from, i));
      }
    };
  }
}
