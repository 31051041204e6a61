package dev.detent.processor.model;

import dev.detent.annotations.Granularity;
import java.util.Optional;

/**
 * How a layer is quantized: what the user asked for and, for the rest, what the scheme has.
 *
 * @param weights how its weights are; empty if they stay float
 * @param activations how its output is; empty if it stays float
 * @param origin what the user wrote, for comments; empty if nothing was written
 * @param onField whether that is on the field itself
 */
public record QuantizationConfig(
    Optional<Weights> weights,
    Optional<Activations> activations,
    Optional<String> origin,
    boolean onField) {

  /**
   * The form of weights.
   *
   * @param bits width of one weight
   * @param granularity how many scales
   * @param narrowRange whether the lowest integer stays unused
   * @param powerOfTwo whether scales are powers of two
   * @param biasBits width of the bias; 0 for that of TFLite's kernels
   * @param quantizer finds the scale; empty for the largest absolute value
   */
  public record Weights(
      int bits,
      Granularity granularity,
      boolean narrowRange,
      boolean powerOfTwo,
      int biasBits,
      Optional<QuantizerUse> quantizer) {}

  /**
   * The form of activations.
   *
   * @param bits width of one value
   * @param symmetric whether the zero point is 0
   * @param powerOfTwo whether the scale is a power of two
   * @param quantizer finds the range; empty for the default
   */
  public record Activations(
      int bits, boolean symmetric, boolean powerOfTwo, Optional<QuantizerUse> quantizer) {

    /** Whether both can share a range. */
    public boolean sharesRangesWith(Activations other) {
      return bits == other.bits
          && symmetric == other.symmetric
          && powerOfTwo == other.powerOfTwo
          && quantizer.isPresent() == other.quantizer.isPresent()
          && (quantizer.isEmpty() || quantizer.get().isLike(other.quantizer.get()));
    }
  }
}
