package dev.detent.inference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Functions of two values, where one operand may be repeated along axes. */
final class Merging {
  private static final int CODES = 256;
  private static final int BITS_8 = 20;
  private static final int BITS_16 = 15;

  private Merging() {}

  /** A function of two real numbers. */
  interface Real {
    float apply(float a, float b);
  }

  /** A function of two integers. */
  interface Whole {
    int apply(int a, int b);
  }

  /**
   * Both operands and the result, with the operands' places in the order of the result: null where
   * that is their own.
   */
  private record Places(Tensor a, Tensor b, Tensor y, int @Nullable [] ofA, int @Nullable [] ofB) {
    static Places of(Node node) {
      Tensor a = node.input(0);
      Tensor b = node.input(1);
      Tensor y = node.output(0);
      node.require(a.type == b.type && a.type == y.type, "it makes %s of %s and %s", y, a, b);
      return new Places(a, b, y, places(a, y), places(b, y));
    }

    private static int @Nullable [] places(Tensor operand, Tensor y) {
      return Arrays.equals(operand.shape, y.shape)
          ? null
          : Shapes.broadcast(operand.shape, y.shape);
    }

    Kernel ofReals(Real function) {
      return memory -> {
        float[] left = memory.floats(a);
        float[] right = memory.floats(b);
        float[] result = memory.floats(y);
        for (int i = 0; i < y.elements; i++) {
          result[i] =
              function.apply(left[ofA == null ? i : ofA[i]], right[ofB == null ? i : ofB[i]]);
        }
      };
    }

    Kernel ofIntegers(Whole function) {
      return memory -> {
        Object left = memory.values(a);
        Object right = memory.values(b);
        Object result = memory.values(y);
        for (int i = 0; i < y.elements; i++) {
          int q = Integers.get(left, ofA == null ? i : ofA[i]);
          int r = Integers.get(right, ofB == null ? i : ofB[i]);
          Integers.set(result, i, function.apply(q, r));
        }
      };
    }
  }

  private static void requireIntegers(Node node, Tensor... tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.type != ElementType.INT8 && tensor.type != ElementType.INT16) {
        throw node.unsupported(tensor);
      }
      node.requireScale(tensor);
    }
  }

  /**
   * ADD and SUB (reference/integer_ops/add.h, reference/sub.h): both operands are brought to half a
   * common scale with more bits.
   */
  static Kernel sum(Node node, int sign) {
    Places places = Places.of(node);
    Tensor a = places.a;
    Tensor b = places.b;
    Tensor y = places.y;
    if (a.isFloat()) {
      Node.RealBounds bounds = node.realBounds(0);
      return places.ofReals(
          sign > 0 ? (p, q) -> bounds.clamp(p + q) : (p, q) -> bounds.clamp(p - q));
    }
    requireIntegers(node, a, b, y);
    int bits = a.type == ElementType.INT8 ? BITS_8 : BITS_16;
    double common = 2.0 * Math.max(a.scale(), b.scale());
    FixedPoint ofA = FixedPoint.of(a.scale() / common);
    FixedPoint ofB = FixedPoint.of(b.scale() / common);
    FixedPoint ofSum = FixedPoint.of(common / ((double) (1 << bits) * y.scale()));
    Node.Bounds bounds = node.bounds(0, y);
    int zeroA = a.zeroPoint();
    int zeroB = b.zeroPoint();
    int zeroY = y.zeroPoint();
    if (bits == BITS_16) {
      return places.ofIntegers(
          (p, q) -> {
            int left = ofA.times((p - zeroA) << bits);
            int right = ofB.times((q - zeroB) << bits);
            return bounds.clamp(ofSum.times(left + sign * right) + zeroY);
          });
    }
    int[] left = new int[CODES];
    int[] right = new int[CODES];
    for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
      left[q & 0xFF] = ofA.times((q - zeroA) << bits);
      right[q & 0xFF] = sign * ofB.times((q - zeroB) << bits);
    }
    if (places.ofA == null && places.ofB == null) {
      return memory -> {
        byte[] p = memory.bytes(a);
        byte[] q = memory.bytes(b);
        byte[] result = memory.bytes(y);
        for (int i = 0; i < y.elements; i++) {
          int sum = left[p[i] & 0xFF] + right[q[i] & 0xFF];
          result[i] = (byte) bounds.clamp(ofSum.times(sum) + zeroY);
        }
      };
    }
    return places.ofIntegers(
        (p, q) -> bounds.clamp(ofSum.times(left[p & 0xFF] + right[q & 0xFF]) + zeroY));
  }

  /** MUL (reference/integer_ops/mul.h). */
  static Kernel product(Node node) {
    Places places = Places.of(node);
    Tensor a = places.a;
    Tensor b = places.b;
    Tensor y = places.y;
    if (a.isFloat()) {
      Node.RealBounds bounds = node.realBounds(0);
      return places.ofReals((p, q) -> bounds.clamp(p * q));
    }
    requireIntegers(node, a, b, y);
    FixedPoint ratio = FixedPoint.of(a.scale() * b.scale() / y.scale());
    Node.Bounds bounds = node.bounds(0, y);
    int zeroA = a.zeroPoint();
    int zeroB = b.zeroPoint();
    int zeroY = y.zeroPoint();
    return places.ofIntegers(
        (p, q) -> bounds.clamp(ratio.times((p - zeroA) * (q - zeroB)) + zeroY));
  }

  static Kernel maximum(Node node) {
    return chosen(node, Math::max, Math::max);
  }

  static Kernel minimum(Node node) {
    return chosen(node, Math::min, Math::min);
  }

  private static Kernel chosen(Node node, Real ofReals, Whole ofIntegers) {
    Places places = Places.of(node);
    if (places.a.isFloat()) {
      return places.ofReals(ofReals);
    }
    if (places.a.type == ElementType.UINT8) {
      throw node.unsupported(places.a);
    }
    node.requireSameGrid(places.a, places.y);
    node.requireSameGrid(places.b, places.y);
    return places.ofIntegers(ofIntegers);
  }

  /** GREATER, of real numbers and of integers of 32 bits. */
  static Kernel greater(Node node) {
    Tensor a = node.input(0);
    Tensor b = node.input(1);
    Tensor y = node.output(0);
    node.require(a.type == b.type && y.type == ElementType.BOOL, "it makes %s of %s", y, a);
    int[] ofA = Shapes.broadcast(a.shape, y.shape);
    int[] ofB = Shapes.broadcast(b.shape, y.shape);
    if (a.isFloat()) {
      return memory -> {
        float[] left = memory.floats(a);
        float[] right = memory.floats(b);
        byte[] to = memory.bytes(y);
        for (int i = 0; i < y.elements; i++) {
          to[i] = (byte) (left[ofA[i]] > right[ofB[i]] ? 1 : 0);
        }
      };
    }
    if (a.type != ElementType.INT32) {
      throw node.unsupported(a);
    }
    return memory -> {
      int[] left = memory.ints(a);
      int[] right = memory.ints(b);
      byte[] to = memory.bytes(y);
      for (int i = 0; i < y.elements; i++) {
        to[i] = (byte) (left[ofA[i]] > right[ofB[i]] ? 1 : 0);
      }
    };
  }

  /** SELECT_V2: the first where a condition holds, else the second. */
  static Kernel select(Node node) {
    Tensor condition = node.input(0);
    Tensor a = node.input(1);
    Tensor b = node.input(2);
    Tensor y = node.output(0);
    node.require(condition.type == ElementType.BOOL, "its condition is %s", condition);
    node.requireSameGrid(a, y);
    node.requireSameGrid(b, y);
    int[] ofCondition = Shapes.broadcast(condition.shape, y.shape);
    int[] ofA = Shapes.broadcast(a.shape, y.shape);
    int[] ofB = Shapes.broadcast(b.shape, y.shape);
    if (y.isFloat()) {
      return memory -> {
        byte[] holds = memory.bytes(condition);
        float[] left = memory.floats(a);
        float[] right = memory.floats(b);
        float[] to = memory.floats(y);
        for (int i = 0; i < y.elements; i++) {
          to[i] = holds[ofCondition[i]] != 0 ? left[ofA[i]] : right[ofB[i]];
        }
      };
    }
    return memory -> {
      byte[] holds = memory.bytes(condition);
      Object left = memory.values(a);
      Object right = memory.values(b);
      Object to = memory.values(y);
      for (int i = 0; i < y.elements; i++) {
        Integers.set(
            to,
            i,
            holds[ofCondition[i]] != 0 ? Integers.get(left, ofA[i]) : Integers.get(right, ofB[i]));
      }
    };
  }
}
