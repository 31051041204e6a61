package dev.detent.runtime.quantizer;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One scale and zero point of the deployed model. All tensors whose kernels demand the same scale
 * (a pooling's input and output, all inputs of a concatenation) name the same range.
 *
 * <p>A learned range starts unknown; {@code real = (q - zeroPoint) * scale} with {@code q} in
 * {@code [-2^(bits-1), 2^(bits-1) - 1]} follows from the smallest and largest value that its
 * quantizer settles on. A fixed one is demanded by the kernel, as softmax's 1/256 and -128.
 *
 * <p>Immutable: each demand returns a changed copy.
 */
public final class ActivationRange implements Cloneable {

  private final String name;
  private final int bits;
  private final Optional<Encoding> fixed;
  private boolean isNonNegative;
  private double upperBound = Double.POSITIVE_INFINITY;
  private boolean isSymmetric;
  private boolean isPowerOfTwo;
  private Supplier<? extends ActivationQuantizer> quantizerFactory = MovingAverage::new;

  private ActivationRange(String name, int bits, Optional<Encoding> fixed) {
    this.name = Objects.requireNonNull(name, "name");
    this.bits = bits;
    this.fixed = fixed;
    if (bits < 2 || bits > 16) {
      throw new IllegalArgumentException(
          "range '" + name + "' of " + bits + " bits; possible are 2 to 16");
    }
  }

  private ActivationRange with(Consumer<ActivationRange> change) {
    try {
      ActivationRange copy = (ActivationRange) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A range that the data determine, by default as a {@link MovingAverage}.
   *
   * @param name unique in the model, the name of the first layer that has it
   * @param bits width of one value
   * @throws IllegalArgumentException if {@code bits} is not between 2 and 16
   */
  public static ActivationRange learned(String name, int bits) {
    return new ActivationRange(name, bits, Optional.empty());
  }

  /**
   * A range that the kernel prescribes.
   *
   * @throws IllegalArgumentException if {@code bits} is not between 2 and 16, or the scale not
   *     positive and finite
   */
  public static ActivationRange fixed(String name, int bits, double scale, int zeroPoint) {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException(
          "range '" + name + "' with the fixed scale " + scale + "; it must be positive");
    }
    Encoding encoding = new Encoding((float) scale, zeroPoint, bits);
    ActivationRange range = new ActivationRange(name, bits, Optional.of(encoding));
    range.isNonNegative = zeroPoint == range.lowest();
    range.upperBound = (range.highest() - zeroPoint) * scale;
    range.isSymmetric = zeroPoint == 0;
    range.quantizerFactory = () -> new Fixed(scale, zeroPoint);
    return range;
  }

  /** The same, every value being at least 0: a ReLU in front is then part of the quantization. */
  public ActivationRange nonNegative() {
    return with(range -> range.isNonNegative = true);
  }

  /** The same, every value being at most {@code bound}. */
  public ActivationRange atMost(double bound) {
    return with(range -> range.upperBound = bound);
  }

  /** The same with zero point 0. */
  public ActivationRange symmetric() {
    return with(range -> range.isSymmetric = true);
  }

  /**
   * The same with a scale that is a power of two, as for hardware that only shifts.
   *
   * @throws IllegalArgumentException if a fixed scale is none
   */
  public ActivationRange powerOfTwo() {
    float scale = fixed.map(Encoding::scale).orElse(1f);
    if (Math.scalb(1f, Math.getExponent(scale)) != scale) {
      throw new IllegalArgumentException(
          "range '%s' with the fixed scale %s, which is no power of two as it should be"
              .formatted(name, scale));
    }
    return with(range -> range.isPowerOfTwo = true);
  }

  /** The same, found by the quantizer that a layer's own configuration gives, if it gives one. */
  public ActivationRange quantizer(LayerQuantizer layer) {
    return quantizer(() -> layer.output().orElseGet(MovingAverage::new));
  }

  /** The same, found by another quantizer; a fixed range stays as the kernel prescribes it. */
  public ActivationRange quantizer(Supplier<? extends ActivationQuantizer> factory) {
    return fixed.isPresent() ? this : with(range -> range.quantizerFactory = factory);
  }

  /** Unique in the model, the name of the first layer that has it. */
  public String name() {
    return name;
  }

  /** Width of one value, 2 to 16. */
  public int bits() {
    return bits;
  }

  /** Whether every value is known to be at least 0, as after a ReLU. */
  public boolean isNonNegative() {
    return isNonNegative;
  }

  /** A known upper bound of every value, as 6 after a ReLU6; infinite if unknown. */
  public double upperBound() {
    return upperBound;
  }

  /** Whether the zero point is 0. */
  public boolean isSymmetric() {
    return isSymmetric;
  }

  /** Whether the scale is a power of two. */
  public boolean isPowerOfTwo() {
    return isPowerOfTwo;
  }

  /** Makes the quantizer that finds a learned range. */
  public Supplier<? extends ActivationQuantizer> quantizerFactory() {
    return quantizerFactory;
  }

  /** Whether its quantizer leaves its tensors float, without any grid. */
  public boolean isLeftFloat() {
    return quantizerFactory.get().leavesFloat();
  }

  /** What the kernel prescribes; empty where the values that flow decide. */
  public Optional<Encoding> fixed() {
    return fixed;
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
