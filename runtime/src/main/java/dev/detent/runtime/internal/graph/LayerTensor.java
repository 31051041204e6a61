package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a layer yields in the graph: {@code [batch, ...shape]}.
 *
 * @param name the layer's name
 * @param operand the values; on the grid of {@code range} in a quantized pass
 * @param shape sizes without the batch; not to be changed
 * @param range the range whose scale the deployed tensor has; null where it stays float
 * @param logits what the softmax that made this read: the loss is taken there, as it is stable
 * @param classes whose last axis these values are indices of, as whole numbers; null where they are
 *     no indices
 */
public record LayerTensor(
    String name,
    Operand<TFloat32> operand,
    int[] shape,
    @Nullable ActivationRange range,
    Optional<Operand<TFloat32>> logits,
    @Nullable LayerTensor classes) {

  /** Whether the values are indices, which the deployed tensor has as int32. */
  public boolean isIndices() {
    return classes != null;
  }

  /** What losses, metrics and targets are of: this, or what it has the indices of. */
  public LayerTensor trained() {
    return classes == null ? this : classes;
  }

  /**
   * Answers as losses and scores know them: of indices a 1 at each one's place among zeros, else
   * the values themselves.
   */
  public float[] answers(float[] values) {
    if (classes == null) {
      return values;
    }
    int width = classes.shape[classes.shape.length - 1];
    float[] answers = new float[values.length * width];
    for (int i = 0; i < values.length; i++) {
      answers[i * width + (int) values[i]] = 1;
    }
    return answers;
  }
}
