package dev.detent.runtime.network;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trained weight that a custom layer declares: its sizes, how it starts, how it is quantized. */
public final class DeclaredWeight {
  private final String name;
  private final int[] shape;
  private final Initializer initializer;
  private final @Nullable WeightQuantization quantization;

  /**
   * A weight.
   *
   * @param name in the layer: {@code kernel}
   * @param initializer how it starts
   * @param quantization null where it stays float, or belongs to an operation as its bias
   * @param shape its sizes in TensorFlow's layout, each at least 1; none for a scalar
   * @throws IllegalArgumentException if a size is below 1
   */
  public DeclaredWeight(
      String name,
      Initializer initializer,
      @Nullable WeightQuantization quantization,
      int... shape) {
    this.name = Objects.requireNonNull(name, "name");
    this.initializer = Objects.requireNonNull(initializer, "initializer");
    this.quantization = quantization;
    this.shape = shape.clone();
    if (Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "weight '" + name + "' has the shape " + Arrays.toString(shape) + "; sizes start at 1");
    }
  }

  /** Its name in the layer. */
  public String name() {
    return name;
  }

  /** Its sizes in TensorFlow's layout. */
  public int[] shape() {
    return shape.clone();
  }

  /** How it starts. */
  public Initializer initializer() {
    return initializer;
  }

  /** How it is quantized; null where it stays float, or is a bias. */
  public @Nullable WeightQuantization quantization() {
    return quantization;
  }
}
