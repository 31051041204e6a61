package dev.detent.inference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An operation of a file, with what a kernel is made of. */
final class Node {
  private static final int FUSED_NONE = 0;
  private static final int FUSED_RELU = 1;
  private static final int FUSED_RELU_N1_TO_1 = 2;
  private static final int FUSED_RELU6 = 3;

  private final String operator;

  /** What is left out is null. */
  private final @Nullable Tensor[] inputs;

  private final Tensor[] outputs;

  /** The attributes. */
  final Table options;

  /** What the kernel needs in the memory. */
  final Memory.Needs needs;

  Node(
      String operator,
      @Nullable Tensor[] inputs,
      Tensor[] outputs,
      Table options,
      Memory.Needs needs) {
    this.operator = operator;
    this.inputs = inputs;
    this.outputs = outputs;
    this.options = options;
    this.needs = needs;
  }

  int inputs() {
    return inputs.length;
  }

  int outputs() {
    return outputs.length;
  }

  boolean has(int input) {
    return input < inputs.length && inputs[input] != null;
  }

  Tensor input(int number) {
    Tensor input = number < inputs.length ? inputs[number] : null;
    if (input == null) {
      throw invalid("it has no input %s", number);
    }
    return input;
  }

  /** An input whose values the file has, of integers of 32 bits. */
  int[] constantInts(int number) {
    Tensor tensor = input(number);
    if (tensor.constant instanceof int[] ints) {
      return ints;
    }
    throw invalid("its input %s is no constant of int32", tensor);
  }

  Tensor output(int number) {
    require(number < outputs.length, "it has no output %s", number);
    return outputs[number];
  }

  void require(boolean holds, String why, Object... values) {
    if (!holds) {
      throw invalid(why, values);
    }
  }

  /** That a tensor has a shape. */
  void requireShape(Tensor tensor, int... shape) {
    require(
        Arrays.equals(tensor.shape, shape),
        "%s should have the shape %s",
        tensor,
        Arrays.toString(shape));
  }

  /** That a tensor has one scale. */
  void requireScale(Tensor tensor) {
    require(
        tensor.scales.length == 1 && tensor.scale() > 0 && tensor.scale() < Float.POSITIVE_INFINITY,
        "%s should have one scale",
        tensor);
  }

  /** That input and output have one scale and zero point. */
  void requireSameGrid(Tensor a, Tensor b) {
    require(
        a.type == b.type && a.scale() == b.scale() && a.zeroPoint() == b.zeroPoint(),
        "%s and %s should be quantized alike",
        a,
        b);
  }

  ModelFormatException invalid(String why, @Nullable Object... values) {
    String where = outputs.length == 0 ? operator : operator + " " + outputs[0];
    return new ModelFormatException(where + ": " + why.formatted(values));
  }

  ModelFormatException unsupported(Tensor tensor) {
    return invalid("this engine does not compute it with %s", tensor);
  }

  /** The bounds of the fused activation as integers: those of the output's type, or nearer ones. */
  Bounds bounds(int field, Tensor output) {
    int lowest = output.type.lowest();
    int highest = output.type.highest();
    return switch (options.int8(field, FUSED_NONE)) {
      case FUSED_NONE -> new Bounds(lowest, highest);
      case FUSED_RELU -> new Bounds(integer(0, output), highest);
      case FUSED_RELU6 -> new Bounds(integer(0, output), integer(6, output));
      case FUSED_RELU_N1_TO_1 -> new Bounds(integer(-1, output), integer(1, output));
      default -> throw invalid("its fused activation is unknown");
    };
  }

  /** The integer of a real number, within the type. */
  static int integer(float real, Tensor tensor) {
    int steps = FixedPoint.away(real / tensor.scale());
    return FixedPoint.clamp(
        tensor.zeroPoint() + steps, tensor.type.lowest(), tensor.type.highest());
  }

  /** The bounds of the fused activation. */
  RealBounds realBounds(int field) {
    return switch (options.int8(field, FUSED_NONE)) {
      case FUSED_NONE -> new RealBounds(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
      case FUSED_RELU -> new RealBounds(0, Float.POSITIVE_INFINITY);
      case FUSED_RELU6 -> new RealBounds(0, 6);
      case FUSED_RELU_N1_TO_1 -> new RealBounds(-1, 1);
      default -> throw invalid("its fused activation is unknown");
    };
  }

  /** The smallest and the largest integer. */
  record Bounds(int lowest, int highest) {
    int clamp(int x) {
      return FixedPoint.clamp(x, lowest, highest);
    }
  }

  /** The smallest and the largest number. */
  record RealBounds(float lowest, float highest) {
    float clamp(float x) {
      return Math.min(Math.max(x, lowest), highest);
    }
  }
}
