package dev.detent.inference;

import java.util.List;

/**
 * An input or an output of a model.
 *
 * @param name of the field of the model class, or the tensor's name in a file without a signature
 * @param shape its sizes, the batch first
 * @param type of its values
 * @param scale what one step of an integer stands for; 0 if it is not quantized
 * @param zeroPoint the integer that stands for 0
 */
public record TensorSpec(
    String name, List<Integer> shape, ElementType type, float scale, int zeroPoint) {

  /** Keeps a copy. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** How many values it has. */
  public int elements() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Whether its integers stand for real numbers. */
  public boolean isQuantized() {
    return scale > 0;
  }
}
