package dev.detent.inference;

import java.util.function.IntUnaryOperator;

/** Functions of one value. */
final class Elementwise {
  private static final int CODES = 256;
  private static final double SQRT_HALF = Math.sqrt(0.5);

  private Elementwise() {}

  /** A function of real numbers, in float. */
  interface Real {
    float apply(float x);
  }

  /** Integers to integers, clamped to the output's type: a table where the input has 8 bits. */
  static Kernel ofIntegers(Node node, IntUnaryOperator function) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(x.elements == y.elements, "%s has not as many values as %s", x, y);
    int lowest = y.type.lowest();
    int highest = y.type.highest();
    IntUnaryOperator clamped = q -> FixedPoint.clamp(function.applyAsInt(q), lowest, highest);
    boolean isByte = x.type == ElementType.INT8 || x.type == ElementType.UINT8;
    if (isByte && y.type != ElementType.INT16) {
      byte[] table = new byte[CODES];
      for (int q = x.type.lowest(); q <= x.type.highest(); q++) {
        table[q & 0xFF] = (byte) clamped.applyAsInt(q);
      }
      return memory -> {
        byte[] from = memory.bytes(x);
        byte[] to = memory.bytes(y);
        for (int i = 0; i < y.elements; i++) {
          to[i] = table[from[i] & 0xFF];
        }
      };
    }
    node.require(
        (isByte || x.type == ElementType.INT16) && y.type != ElementType.FLOAT32,
        "it makes %s of %s",
        y,
        x);
    boolean isUnsigned = x.type == ElementType.UINT8;
    return memory -> {
      Object from = memory.values(x);
      Object to = memory.values(y);
      for (int i = 0; i < y.elements; i++) {
        int q = Integers.get(from, i);
        Integers.set(to, i, clamped.applyAsInt(isUnsigned ? q & 0xFF : q));
      }
    };
  }

  static Kernel ofReals(Node node, Real function) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(x.isFloat() && y.isFloat(), "it makes %s of %s", y, x);
    node.requireShape(y, x.shape);
    return memory -> {
      float[] from = memory.floats(x);
      float[] to = memory.floats(y);
      for (int i = 0; i < y.elements; i++) {
        to[i] = function.apply(from[i]);
      }
    };
  }

  /**
   * A function that 8-bit kernels look up, computed in float and rounded once ({@code LUTPopulate}
   * of kernels/internal/common.h).
   */
  static Kernel lookedUp(Node node, Real function) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    if (x.isFloat()) {
      return ofReals(node, function);
    }
    requireBytes(node, x, y);
    float inverse = 1 / y.scale();
    float scale = x.scale();
    int zeroPoint = x.zeroPoint();
    int to = y.zeroPoint();
    return ofIntegers(
        node,
        q -> {
          float rounded = round(function.apply(scale * (q - zeroPoint)) * inverse);
          float shifted = rounded + to;
          // As x86 converts what an int cannot hold.
          return shifted >= -0x1p31f && shifted < 0x1p31f ? (int) shifted : Integer.MIN_VALUE;
        });
  }

  private static float round(float x) {
    return Math.copySign((float) Math.floor(Math.abs((double) x) + 0.5), x);
  }

  private static void requireBytes(Node node, Tensor x, Tensor y) {
    if (x.type != ElementType.INT8) {
      throw node.unsupported(x);
    }
    node.require(y.type == x.type, "it makes %s of %s", y, x);
    node.requireScale(x);
    node.requireScale(y);
  }

  static Kernel logistic(Node node) {
    return lookedUp(node, x -> 1 / (1 + (float) Math.exp(-x)));
  }

  static Kernel tanh(Node node) {
    return lookedUp(node, x -> (float) Math.tanh(x));
  }

  static Kernel elu(Node node) {
    return lookedUp(node, x -> x < 0 ? (float) Math.expm1(x) : x);
  }

  static Kernel exp(Node node) {
    return lookedUp(node, x -> (float) Math.exp(x));
  }

  static Kernel log(Node node) {
    return lookedUp(node, x -> (float) Math.log(x));
  }

  /** GELU, by its definition or by its approximation (Hendrycks and Gimpel, 2016). */
  static Kernel gelu(Node node) {
    if (node.options.bool(0)) {
      float factor = (float) Math.sqrt(2 / Math.PI);
      return lookedUp(
          node, x -> 0.5f * x * (1 + (float) Math.tanh(factor * (x + 0.044715f * x * x * x))));
    }
    return lookedUp(node, x -> 0.5f * x * (1 + (float) erf(x * (float) SQRT_HALF)));
  }

  /**
   * {@code 2 / sqrt(pi) exp(-x^2) sum 2^n x^(2n + 1) / (2n + 1)!!}, Abramowitz and Stegun 7.1.6.
   */
  private static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** RELU and its kin on their own (optimized_ops.h, {@code ReluX}), between two real bounds. */
  static Kernel relu(Node node, float lowest, float highest) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    if (x.isFloat()) {
      return ofReals(node, value -> Math.min(Math.max(value, lowest), highest));
    }
    node.require(
        x.type == y.type && (x.type == ElementType.INT8 || x.type == ElementType.INT16),
        "it makes %s of %s",
        y,
        x);
    node.requireScale(x);
    node.requireScale(y);
    FixedPoint ratio = FixedPoint.of(x.scale() / y.scale());
    int from = x.zeroPoint();
    int to = y.zeroPoint();
    int least = Node.integer(lowest, y);
    int most = Float.isInfinite(highest) ? y.type.highest() : Node.integer(highest, y);
    return ofIntegers(node, q -> FixedPoint.clamp(ratio.times(q - from) + to, least, most));
  }

  /** LEAKY_RELU (reference/leaky_relu.h). */
  static Kernel leakyRelu(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    float alpha = node.options.float32(0, 0);
    if (x.isFloat()) {
      return ofReals(node, value -> value > 0 ? value : value * alpha);
    }
    requireBytes(node, x, y);
    FixedPoint steep = FixedPoint.of(x.scale() / y.scale());
    FixedPoint flat = FixedPoint.of(x.scale() * alpha / y.scale());
    int from = x.zeroPoint();
    int to = y.zeroPoint();
    return ofIntegers(node, q -> to + (q >= from ? steep : flat).times(q - from));
  }

  /** HARD_SWISH (reference/hard_swish.h): in 16 bits, times a gate that is 0 at -3, 1 at 3. */
  static Kernel hardSwish(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    if (x.isFloat()) {
      return ofReals(node, value -> value * Math.min(6f, Math.max(0f, value + 3)) / 6);
    }
    requireBytes(node, x, y);
    float fine = (1f / 128) * x.scale();
    FixedPoint toOutput = FixedPoint.of(fine / y.scale());
    FixedPoint toGate = FixedPoint.of(fine / (3f / 32768));
    node.require(toOutput.exponent() <= 0, "its output's scale is too small");
    int outputMantissa = in16Bits(toOutput.mantissa());
    int gateMantissa = in16Bits(toGate.mantissa());
    int exponent = toGate.exponent();
    int from = x.zeroPoint();
    int to = y.zeroPoint();
    return ofIntegers(
        node,
        q -> {
          int value = (q - from) * 128;
          int output = product16(value, outputMantissa);
          int gate = value;
          if (exponent > 0) {
            gate = saturated(gate << (exponent - 1));
          }
          gate = product16(gate, gateMantissa);
          if (exponent > 0) {
            gate = saturated(gate << 1);
          } else if (exponent < 0) {
            gate = FixedPoint.divided(gate, -exponent);
          }
          gate = (gate + (1 << 15)) >> 1;
          // SaturatingDoublingHighMul: towards zero.
          int product = (int) ((long) gate * output * 2 / (1 << 16));
          return FixedPoint.divided(product, -toOutput.exponent()) + to;
        });
  }

  private static int in16Bits(int mantissa) {
    return mantissa >= Integer.MAX_VALUE - (1 << 15)
        ? Short.MAX_VALUE
        : (mantissa + (1 << 15)) >> 16;
  }

  private static int saturated(int x) {
    return FixedPoint.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** {@code SaturatingRoundingDoublingHighMul} of 16 bits. */
  private static int product16(int a, int b) {
    return a == Short.MIN_VALUE && b == Short.MIN_VALUE
        ? Short.MAX_VALUE
        : (a * b + (1 << 14)) >> 15;
  }

  /** PRELU (reference/prelu.h). */
  static Kernel prelu(Node node) {
    Tensor x = node.input(0);
    Tensor alpha = node.input(1);
    Tensor y = node.output(0);
    node.requireShape(y, x.shape);
    node.require(alpha.type == x.type && y.type == x.type, "it makes %s of %s and %s", y, x, alpha);
    int[] slopes = Shapes.broadcast(alpha.shape, y.shape);
    if (x.isFloat()) {
      return memory -> {
        float[] from = memory.floats(x);
        float[] slope = memory.floats(alpha);
        float[] to = memory.floats(y);
        for (int i = 0; i < y.elements; i++) {
          to[i] = from[i] >= 0 ? from[i] : from[i] * slope[slopes[i]];
        }
      };
    }
    requireBytes(node, x, y);
    node.requireScale(alpha);
    FixedPoint steep = FixedPoint.of(x.scale() / y.scale());
    FixedPoint flat = FixedPoint.of(x.scale() * alpha.scale() / y.scale());
    int from = x.zeroPoint();
    int to = y.zeroPoint();
    int zeroSlope = alpha.zeroPoint();
    return memory -> {
      byte[] read = memory.bytes(x);
      byte[] slope = memory.bytes(alpha);
      byte[] written = memory.bytes(y);
      for (int i = 0; i < y.elements; i++) {
        int q = read[i] - from;
        int steps = q >= 0 ? steep.times(q) : flat.times(q * (slope[slopes[i]] - zeroSlope));
        written[i] = (byte) FixedPoint.clamp(steps + to, Byte.MIN_VALUE, Byte.MAX_VALUE);
      }
    };
  }
}
