package dev.detent.runtime.quantizer;

import java.util.Optional;

/**
 * Decides for one layer which of its weights and whether its output get a quantizer of their own:
 * the Java form of the Python toolkit's {@code QuantizeConfig} class. Where it gives none, the
 * default of weights or activations stands; {@link None} leaves a tensor float.
 *
 * <pre>{@code
 * public final class CoarseKernel implements LayerQuantizer {
 *   public Optional<WeightQuantizer> weights(String weight) {
 *     return weight.equals("kernel") ? Optional.of(new LearnedStep()) : Optional.empty();
 *   }
 * }
 * }</pre>
 */
public interface LayerQuantizer {

  /**
   * The quantizer of a weight.
   *
   * @param weight its name in Keras: {@code kernel}
   */
  default Optional<WeightQuantizer> weights(String weight) {
    return Optional.empty();
  }

  /** The quantizer of the layer's output. */
  default Optional<ActivationQuantizer> output() {
    return Optional.empty();
  }
}
