package dev.detent.runtime.tflite;

import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a file.
 *
 * @param index its number in the file
 * @param name its name in the file
 * @param shape its sizes, the batch dimension included
 * @param type of its values
 * @param scales how much one step is: one number, or one for each channel; empty if not quantized
 * @param zeroPoints the integers that stand for 0, as many as scales; 64 bits each in the file
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
    List<Long> zeroPoints,
    boolean isConstant,
    boolean isVariable,
    boolean hasAnyBatch) {

  /** Keeps copies. */
  public TensorInfo {
    shape = List.copyOf(shape);
    scales = List.copyOf(scales);
    zeroPoints = List.copyOf(zeroPoints);
  }

  /** The same with another batch dimension. */
  TensorInfo withBatch(int examples) {
    List<Integer> other = new ArrayList<>(shape);
    other.set(0, examples);
    return new TensorInfo(
        index, name, other, type, scales, zeroPoints, isConstant, isVariable, hasAnyBatch);
  }

  /**
   * How many values it has.
   *
   * @throws TfliteException if they are more than 2^31 - 1, or a size is negative
   */
  public int elements() {
    long elements = shape.contains(0) ? 0 : 1;
    for (int size : shape) {
      elements *= size;
      if (size < 0 || elements > Integer.MAX_VALUE) {
        throw new TfliteException(
            "tensor '%s' has the shape %s; sizes are 0 or more, and 2^31 - 1 values at most"
                .formatted(name, shape));
      }
    }
    return (int) elements;
  }

  /** Whether its integers stand for real numbers. */
  public boolean isQuantized() {
    return !scales.isEmpty();
  }

  /** The one scale, or 0 if it has none. */
  public float scale() {
    return scales.isEmpty() ? 0 : scales.get(0);
  }

  /**
   * The one zero point, or 0 if it has none.
   *
   * @throws TfliteException if it has more than 32 bits
   */
  public int zeroPoint() {
    long zeroPoint = zeroPoints.isEmpty() ? 0 : zeroPoints.get(0);
    if (zeroPoint != (int) zeroPoint) {
      throw new TfliteException(
          "tensor '%s' has the zero point %s; %s cannot hold it".formatted(name, zeroPoint, type));
    }
    return (int) zeroPoint;
  }
}
