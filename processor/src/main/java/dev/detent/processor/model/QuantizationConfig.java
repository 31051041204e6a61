package dev.detent.processor.model;

import dev.detent.annotations.Granularity;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.Optional;

/**
 * How a layer is quantized, as the user asked.
 *
 * @param weightBits width of one weight
 * @param granularity scales of the weights
 * @param narrowRange whether weights leave the lowest integer out
 * @param activationBits width of one value
 * @param symmetric whether the zero point of activations is 0
 * @param quantizer finds the ranges of activations; empty for the default
 * @param source where it was written; empty for the defaults
 */
public record QuantizationConfig(
    int weightBits,
    Granularity granularity,
    boolean narrowRange,
    int activationBits,
    boolean symmetric,
    Optional<ClassRef> quantizer,
    Optional<Source> source) {

  /** The width where the user says nothing: {@value}. */
  public static final int DEFAULT_BITS = 8;

  /** What counts where the user says nothing: TFLite's own scheme. */
  public static final QuantizationConfig DEFAULT =
      new QuantizationConfig(
          DEFAULT_BITS,
          Granularity.PER_CHANNEL,
          true,
          DEFAULT_BITS,
          false,
          Optional.empty(),
          Optional.empty());

  /**
   * Where a configuration was written.
   *
   * @param weightBits where the width of the weights
   * @param narrowRange where the range of the weights
   * @param activationBits where the width of the activations
   */
  public record Source(SourceRef weightBits, SourceRef narrowRange, SourceRef activationBits) {}

  /** Whether activations are quantized in the same way, so that they can share a range. */
  public boolean sharesRangesWith(QuantizationConfig other) {
    return activationBits == other.activationBits
        && symmetric == other.symmetric
        && quantizer.equals(other.quantizer);
  }
}
