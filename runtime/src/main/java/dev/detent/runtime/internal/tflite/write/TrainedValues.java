package dev.detent.runtime.internal.tflite.write;

import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;

/** The numbers of a trained model, as its graph computes with them. */
public interface TrainedValues {

  /**
   * The weights of a layer, batch norm folded in.
   *
   * @param layer the name of its operation
   */
  LayerWeights weights(String layer);

  /**
   * The scale and zero point that a learned range has settled on. Not asked for fixed ranges, nor
   * for the export of a float model.
   */
  Encoding encoding(ActivationRange range);

  /**
   * The constant that a layer's operation reads beside its input.
   *
   * @param layer the name of its operation
   * @throws IllegalArgumentException if there is none; the default, for models without such layers
   */
  default LayerConstant constant(String layer) {
    throw new IllegalArgumentException("layer '" + layer + "' has no constant");
  }
}
