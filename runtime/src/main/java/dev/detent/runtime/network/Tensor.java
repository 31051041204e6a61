package dev.detent.runtime.network;

import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a model: the output of one operation. It is known by its name, which no other
 * tensor of the model has, and compared by identity.
 */
public final class Tensor {
  private final String name;
  private final int[] shape;
  private final @Nullable ActivationRange range;

  /**
   * A tensor.
   *
   * @param shape its sizes without the batch, each at least 1
   * @param range whose scale and zero point it has; null where it stays float, or holds indices
   * @throws IllegalArgumentException if a size is below 1
   */
  public Tensor(String name, @Nullable ActivationRange range, int... shape) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = shape.clone();
    this.range = range;
    if (Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "tensor '" + name + "' has the shape " + Arrays.toString(shape) + "; sizes start at 1");
    }
  }

  /** The name of the layer, or {@code layer/part}; in the file, too. */
  public String name() {
    return name;
  }

  /** The sizes without the batch, as {@code [height, width, channels]}. */
  public int[] shape() {
    return shape.clone();
  }

  /** The sizes with a batch of so many examples. */
  public int[] shape(int batch) {
    int[] whole = new int[shape.length + 1];
    whole[0] = batch;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    return whole;
  }

  /** How many values one example has. */
  public int elements() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** The range whose scale and zero point the deployed tensor has; null where it has none. */
  public @Nullable ActivationRange range() {
    return range;
  }

  /** {@code name [sizes] range}. */
  @Override
  public String toString() {
    return name + " " + Arrays.toString(shape) + (range == null ? " float" : " " + range.name());
  }
}
