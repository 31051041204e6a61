package dev.detent.runtime.train;

import dev.detent.runtime.internal.graph.LayerTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An output of the model, as losses and metrics see it.
 *
 * @param values the output, {@code [batch, ...]}
 * @param logits what the output's softmax read; the output itself where it has none
 * @param isProbability whether the output is a softmax
 */
public record Prediction(
    Operand<TFloat32> values, Operand<TFloat32> logits, boolean isProbability) {

  /** The prediction of a layer. */
  public static Prediction of(LayerTensor output) {
    return new Prediction(
        output.operand(), output.logits().orElse(output.operand()), output.logits().isPresent());
  }
}
