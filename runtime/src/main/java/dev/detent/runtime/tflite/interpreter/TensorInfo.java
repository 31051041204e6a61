package dev.detent.runtime.tflite.interpreter;

import java.util.List;

/**
 * A tensor of a file.
 *
 * @param index its number in the file
 * @param name its name in the file
 * @param shape its sizes, the batch dimension included
 * @param type of its values
 * @param scales how much one step is: one number, or one for each channel; empty if not quantized
 * @param zeroPoints the integers that stand for 0, as many as scales
 * @param isConstant whether the file has its values
 * @param isVariable whether it keeps its values from run to run, unless an operation writes it
 * @param hasAnyBatch whether the file says that its batch dimension may be another
 */
public record TensorInfo(
    int index,
    String name,
    List<Integer> shape,
    ValueType type,
    List<Float> scales,
    List<Integer> zeroPoints,
    boolean isConstant,
    boolean isVariable,
    boolean hasAnyBatch) {

  /** Keeps copies. */
  public TensorInfo {
    shape = List.copyOf(shape);
    scales = List.copyOf(scales);
    zeroPoints = List.copyOf(zeroPoints);
  }

  /** How many values it has. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether its integers stand for real numbers. */
  public boolean isQuantized() {
    return !scales.isEmpty();
  }

  /** The one scale, or 0 if it has none. */
  public float scale() {
    return scales.isEmpty() ? 0 : scales.get(0);
  }

  /** The one zero point, or 0 if it has none. */
  public int zeroPoint() {
    return zeroPoints.isEmpty() ? 0 : zeroPoints.get(0);
  }
}
