package dev.detent.runtime.quantizer;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * One scale and zero point of the deployed model. All tensors whose kernels demand the same scale
 * (a pooling's input and output, all inputs of a concatenation) name the same range.
 *
 * <p>A learned range starts unknown; {@code real = (q - zeroPoint) * scale} with {@code q} in
 * {@code [-2^(bits-1), 2^(bits-1) - 1]} follows from the smallest and largest value that its
 * quantizer settles on. A fixed one is demanded by the kernel, as softmax's 1/256 and -128.
 *
 * @param name unique in the model, the name of the first layer that has it
 * @param bits width of one value, 2 to 16
 * @param kind learned or fixed
 * @param isNonNegative whether every value is known to be at least 0, as behind a ReLU
 * @param upperBound a known upper bound of every value, as 6 behind a ReLU6; infinite if unknown
 * @param isSymmetric whether the zero point is 0
 * @param isPowerOfTwo whether the scale is a power of two
 * @param quantizerFactory makes the quantizer that finds a learned range
 * @param fixedScale the scale of a fixed range; 0 for a learned one
 * @param fixedZeroPoint the zero point of a fixed range; 0 for a learned one
 */
public record ActivationRange(
    String name,
    int bits,
    Kind kind,
    boolean isNonNegative,
    double upperBound,
    boolean isSymmetric,
    boolean isPowerOfTwo,
    Supplier<? extends ActivationQuantizer> quantizerFactory,
    double fixedScale,
    int fixedZeroPoint) {

  /** Where scale and zero point come from. */
  public enum Kind {
    /** From the values that flow. */
    LEARNED,
    /** From the kernel's definition. */
    FIXED
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if {@code bits} is not between 2 and 16, or a fixed scale is
   *     not positive and finite, or no power of two where one is asked for
   */
  public ActivationRange {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(quantizerFactory, "quantizerFactory");
    if (bits < 2 || bits > 16) {
      throw new IllegalArgumentException(
          "range '" + name + "' of " + bits + " bits; possible are 2 to 16");
    }
    if (kind == Kind.FIXED && !(fixedScale > 0 && Double.isFinite(fixedScale))) {
      throw new IllegalArgumentException(
          "range '" + name + "' with the fixed scale " + fixedScale + "; it must be positive");
    }
    if (kind == Kind.FIXED
        && isPowerOfTwo
        && Math.scalb(1.0, Math.getExponent(fixedScale)) != fixedScale) {
      throw new IllegalArgumentException(
          "range '"
              + name
              + "' with the fixed scale "
              + fixedScale
              + ", which is no power of two as it should be");
    }
  }

  /** A range that the data determine, by default as a {@link MovingAverage}. */
  public static ActivationRange learned(String name, int bits) {
    return new ActivationRange(
        name,
        bits,
        Kind.LEARNED,
        false,
        Double.POSITIVE_INFINITY,
        false,
        false,
        MovingAverage::new,
        0,
        0);
  }

  /** A range that the kernel prescribes. */
  public static ActivationRange fixed(String name, int bits, double scale, int zeroPoint) {
    int lowest = -(1 << (bits - 1));
    double upper = (-lowest - 1 - zeroPoint) * scale;
    return new ActivationRange(
        name,
        bits,
        Kind.FIXED,
        zeroPoint == lowest,
        upper,
        zeroPoint == 0,
        false,
        () -> new Fixed(scale, zeroPoint),
        scale,
        zeroPoint);
  }

  /** The same, every value being at least 0: a ReLU in front is then part of the quantization. */
  public ActivationRange nonNegative() {
    return new ActivationRange(
        name,
        bits,
        kind,
        true,
        upperBound,
        isSymmetric,
        isPowerOfTwo,
        quantizerFactory,
        fixedScale,
        fixedZeroPoint);
  }

  /** The same, every value being at most {@code bound}. */
  public ActivationRange atMost(double bound) {
    return new ActivationRange(
        name,
        bits,
        kind,
        isNonNegative,
        bound,
        isSymmetric,
        isPowerOfTwo,
        quantizerFactory,
        fixedScale,
        fixedZeroPoint);
  }

  /** The same with zero point 0. */
  public ActivationRange symmetric() {
    return new ActivationRange(
        name,
        bits,
        kind,
        isNonNegative,
        upperBound,
        true,
        isPowerOfTwo,
        quantizerFactory,
        fixedScale,
        fixedZeroPoint);
  }

  /** The same with a scale that is a power of two, as for hardware that only shifts. */
  public ActivationRange powerOfTwo() {
    return new ActivationRange(
        name,
        bits,
        kind,
        isNonNegative,
        upperBound,
        isSymmetric,
        true,
        quantizerFactory,
        fixedScale,
        fixedZeroPoint);
  }

  /** The same, found by the quantizer that a layer's own configuration gives, if it gives one. */
  public ActivationRange quantizer(LayerQuantizer layer) {
    return quantizer(() -> layer.output().orElseGet(MovingAverage::new));
  }

  /** The same, found by another quantizer; a fixed range stays as the kernel prescribes it. */
  public ActivationRange quantizer(Supplier<? extends ActivationQuantizer> factory) {
    if (kind == Kind.FIXED) {
      return this;
    }
    return new ActivationRange(
        name,
        bits,
        kind,
        isNonNegative,
        upperBound,
        isSymmetric,
        isPowerOfTwo,
        factory,
        fixedScale,
        fixedZeroPoint);
  }

  /** The smallest integer: -128 for 8 bits. */
  public int lowest() {
    return -(1 << (bits - 1));
  }

  /** The largest integer: 127 for 8 bits. */
  public int highest() {
    return (1 << (bits - 1)) - 1;
  }
}
