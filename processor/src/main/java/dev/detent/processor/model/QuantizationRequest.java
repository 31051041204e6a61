package dev.detent.processor.model;

import dev.detent.annotations.Granularity;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.Optional;

/**
 * How the user asked for a layer to be quantized. What is empty was not written: the scheme
 * decides.
 *
 * @param weights what was asked of weights
 * @param activations what was asked of activations
 * @param layer the class that chooses the quantizers of each layer
 * @param origin where it was written; empty if nothing was
 */
public record QuantizationRequest(
    Weights weights,
    Activations activations,
    Optional<QuantizerUse> layer,
    Optional<Origin> origin) {

  /** Nothing but that it be quantized. */
  public static final QuantizationRequest NOTHING_WRITTEN =
      new QuantizationRequest(
          new Weights(Optional.empty(), Optional.empty(), Optional.empty(), Quantizer.STANDARD),
          new Activations(Optional.empty(), Optional.empty(), Quantizer.STANDARD),
          Optional.empty(),
          Optional.empty());

  /**
   * What was asked of weights.
   *
   * @param bits the width
   * @param granularity how many scales
   * @param narrowRange whether the lowest integer stays unused
   * @param quantizer what finds the scale
   */
  public record Weights(
      Optional<Written<Integer>> bits,
      Optional<Written<Granularity>> granularity,
      Optional<Written<Boolean>> narrowRange,
      Quantizer quantizer) {}

  /**
   * What was asked of activations.
   *
   * @param bits the width
   * @param symmetric whether the zero point is 0
   * @param quantizer what finds the range
   */
  public record Activations(
      Optional<Written<Integer>> bits, Optional<Written<Boolean>> symmetric, Quantizer quantizer) {}

  /**
   * A value, and where it was written.
   *
   * @param <T> its type
   * @param value what
   * @param at where
   */
  public record Written<T>(T value, SourceRef at) {}

  /**
   * Which quantizer.
   *
   * @param isNone whether the tensor stays float
   * @param named the user's; empty for the scheme's own
   * @param at where it was written; empty if it was not
   */
  public record Quantizer(boolean isNone, Optional<QuantizerUse> named, Optional<SourceRef> at) {
    /** The scheme's own. */
    public static final Quantizer STANDARD =
        new Quantizer(false, Optional.empty(), Optional.empty());
  }

  /**
   * Where a configuration was written.
   *
   * @param text for comments: {@code @LearnedSteps(bits=4)}
   * @param at the annotation
   * @param onField whether on the field itself
   * @param direct whether as {@code @QuantizeConfig} rather than as an annotation that carries it
   * @param weights where its part about weights is, if it was written directly
   */
  public record Origin(
      String text, SourceRef at, boolean onField, boolean direct, Optional<SourceRef> weights) {}
}
