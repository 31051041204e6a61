package dev.detent.runtime.quantizer;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * How the weights of one layer are quantized: symmetric, with zero point 0, as TFLite's kernels
 * want them.
 *
 * <p>With {@code b} bits and narrow range the integers are {@code [-(2^(b-1) - 1), 2^(b-1) - 1]}:
 * for 8 bits [-127, 127]. By default the scale is {@code max|w| / (2^(b-1) - 1)}, of the whole
 * tensor or of each output channel (TensorFlow Lite 8-bit quantization specification, "Symmetric vs
 * asymmetric" and "Per-axis vs per-tensor").
 *
 * @param bits width of one weight, 2 to 16
 * @param perChannel one scale for each output channel instead of one for the tensor
 * @param narrowRange leave the lowest integer out, so that the range is symmetric
 * @param isPowerOfTwo whether every scale is a power of two
 * @param quantizerFactory makes the quantizer that finds the scales
 */
public record WeightQuantization(
    int bits,
    boolean perChannel,
    boolean narrowRange,
    boolean isPowerOfTwo,
    Supplier<? extends WeightQuantizer> quantizerFactory) {

  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if {@code bits} is not between 2 and 16
   */
  public WeightQuantization {
    Objects.requireNonNull(quantizerFactory, "quantizerFactory");
    if (bits < 2 || bits > 16) {
      throw new IllegalArgumentException("weights of " + bits + " bits; possible are 2 to 16");
    }
  }

  /** One scale for each output channel: TFLite's default. */
  public static WeightQuantization perChannel(int bits) {
    return new WeightQuantization(bits, true, true, false, MaxAbs::new);
  }

  /** One scale for the whole tensor, as older accelerators want it. */
  public static WeightQuantization perTensor(int bits) {
    return new WeightQuantization(bits, false, true, false, MaxAbs::new);
  }

  /** The same with the lowest integer in use: [-128, 127] for 8 bits. */
  public WeightQuantization fullRange() {
    return new WeightQuantization(bits, perChannel, false, isPowerOfTwo, quantizerFactory);
  }

  /** The same with scales that are powers of two, as for hardware that only shifts. */
  public WeightQuantization powerOfTwo() {
    return new WeightQuantization(bits, perChannel, narrowRange, true, quantizerFactory);
  }

  /**
   * The same by the quantizer that a layer's own configuration gives, if it gives one.
   *
   * @param weight its name in Keras: {@code kernel}
   */
  public WeightQuantization quantizer(LayerQuantizer layer, String weight) {
    return quantizer(() -> layer.weights(weight).orElseGet(MaxAbs::new));
  }

  /** The same by another quantizer. */
  public WeightQuantization quantizer(Supplier<? extends WeightQuantizer> factory) {
    return new WeightQuantization(bits, perChannel, narrowRange, isPowerOfTwo, factory);
  }

  /** Whether the quantizer leaves the weights float, without any grid. */
  public boolean isLeftFloat() {
    return quantizerFactory.get().leavesFloat();
  }

  /** The largest integer: 127 for 8 bits. */
  public int highest() {
    return (1 << (bits - 1)) - 1;
  }

  /** The smallest integer: -127 for 8 bits and narrow range. */
  public int lowest() {
    return narrowRange ? -highest() : -highest() - 1;
  }
}
