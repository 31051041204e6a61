package dev.detent.runtime.internal.graph;

import dev.detent.runtime.quantizer.ActivationRange;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a layer yields in the graph: {@code [batch, ...shape]}. */
public final class LayerTensor {
  private final String name;
  private final Operand<TFloat32> operand;
  private final int[] shape;
  private final ActivationRange range;
  private final Operand<TFloat32> logits;

  LayerTensor(
      String name,
      Operand<TFloat32> operand,
      int[] shape,
      ActivationRange range,
      Operand<TFloat32> logits) {
    this.name = name;
    this.operand = operand;
    this.shape = shape.clone();
    this.range = range;
    this.logits = logits;
  }

  /** The layer's name. */
  public String name() {
    return name;
  }

  /** The values; on the grid of {@link #range()} in a quantized pass. */
  public Operand<TFloat32> operand() {
    return operand;
  }

  /** Sizes without the batch. */
  public int[] shape() {
    return shape.clone();
  }

  /** The range whose scale the deployed tensor has; null where it stays float. */
  public ActivationRange range() {
    return range;
  }

  /** What the softmax that made this read, or null: the loss is taken there, as it is stable. */
  public Operand<TFloat32> logits() {
    return logits;
  }
}
