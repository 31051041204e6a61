package dev.detent.inference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A tensor of a file. */
final class Tensor {
  /** Its number in the file. */
  final int index;

  final String name;
  final ElementType type;
  final int[] shape;

  /** How many values it has. */
  final int elements;

  /** What one step is; one for the tensor, or one for each channel; empty without quantization. */
  final float[] scales;

  private final int[] zeroPoints;

  /** The axis of the channels, where each has a scale. */
  final int axis;

  /** Its values, if the file has them, or they follow from it; else null. */
  @Nullable Object constant;

  /** Whether it keeps its values from run to run. */
  final boolean isVariable;

  Tensor(
      int index,
      String name,
      ElementType type,
      int[] shape,
      float[] scales,
      int[] zeroPoints,
      int axis,
      @Nullable Object constant,
      boolean isVariable) {
    this.index = index;
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.elements = Shapes.elements(shape);
    this.scales = scales;
    this.zeroPoints = zeroPoints;
    this.axis = axis;
    this.constant = constant;
    this.isVariable = isVariable;
  }

  boolean isQuantized() {
    return scales.length > 0;
  }

  boolean isFloat() {
    return type == ElementType.FLOAT32;
  }

  /** The scale of the tensor; 0 if it has none. */
  float scale() {
    return scales.length == 0 ? 0 : scales[0];
  }

  /** The scale of a channel. */
  float scale(int channel) {
    return scales[scales.length == 1 ? 0 : channel];
  }

  /** The integer that stands for 0. */
  int zeroPoint() {
    return zeroPoints.length == 0 ? 0 : zeroPoints[0];
  }

  int rank() {
    return shape.length;
  }

  /** The size of an axis, counted from the end where it is negative. */
  int size(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  @Override
  public String toString() {
    return "'" + name + "' " + type + Arrays.toString(shape);
  }
}
