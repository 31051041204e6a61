package dev.detent.runtime.tflite.export;

import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One activation of the deployed model: the output of one operation, or an input of the model.
 * Compared by identity.
 */
public final class PlanTensor {
  private final String name;
  private final int[] dims;
  private final ActivationRange range;
  private final boolean isIndices;

  PlanTensor(String name, int[] dims, ActivationRange range) {
    this(name, dims, range, false);
  }

  private PlanTensor(String name, int[] dims, ActivationRange range, boolean isIndices) {
    this.isIndices = isIndices;
    this.name = Objects.requireNonNull(name, "name");
    this.dims = dims.clone();
    this.range = range;
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "tensor '" + name + "' has the shape " + Arrays.toString(dims) + "; sizes start at 1");
      }
    }
  }

  /** A tensor of int32, whatever the others hold. */
  static PlanTensor ofIndices(String name, int[] dims) {
    return new PlanTensor(name, dims, null, true);
  }

  /** Whether it holds int32. */
  public boolean isIndices() {
    return isIndices;
  }

  /** The layer's name, and the tensor's in the file. */
  public String name() {
    return name;
  }

  /** The sizes without the batch dimension, as {@code [height, width, channels]}. */
  public int[] dims() {
    return dims.clone();
  }

  /** The sizes with the batch dimension, which is 1. */
  public int[] shape() {
    return shape(1);
  }

  /** The sizes with a batch dimension of so many examples. */
  int[] shape(int batch) {
    int[] shape = new int[dims.length + 1];
    shape[0] = batch;
    System.arraycopy(dims, 0, shape, 1, dims.length);
    return shape;
  }

  /** How many values one example has. */
  public int elements() {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  /** The scale and zero point's owner; empty for a tensor that stays float. */
  public Optional<ActivationRange> range() {
    return Optional.ofNullable(range);
  }

  /** Whether it stays float in the quantized model as well. */
  public boolean isFloat() {
    return range == null;
  }

  /** {@code name [sizes] range}. */
  @Override
  public String toString() {
    return name + " " + Arrays.toString(dims) + (range == null ? " float" : " " + range.name());
  }
}
