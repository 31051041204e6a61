package dev.detent.annotations;

/**
 * How a weight starts: Keras's initializers of the same names.
 *
 * <p>{@code fanIn} and {@code fanOut} are the numbers of inputs and outputs that one weight tensor
 * connects; for a convolution they include the kernel's area.
 */
public enum Initializer {
  /** Uniform in {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio, 2010). */
  GLOROT_UNIFORM,
  /** Truncated normal of variance {@code 2 / (fanIn + fanOut)} (Glorot and Bengio, 2010). */
  GLOROT_NORMAL,
  /** Uniform in {@code ±sqrt(6 / fanIn)} (He et al., 2015). */
  HE_UNIFORM,
  /** Truncated normal of variance {@code 2 / fanIn} (He et al., 2015). */
  HE_NORMAL,
  /** Uniform in {@code ±sqrt(3 / fanIn)} (LeCun et al., 1998). */
  LECUN_UNIFORM,
  /** Truncated normal of variance {@code 1 / fanIn} (LeCun et al., 1998). */
  LECUN_NORMAL,
  /** Normal with mean 0 and deviation 0.05, redrawn beyond two deviations. */
  TRUNCATED_NORMAL,
  /** Normal with mean 0 and deviation 0.05. */
  RANDOM_NORMAL,
  /** Uniform in ±0.05. */
  RANDOM_UNIFORM,
  /** All zeros. */
  ZEROS,
  /** All ones. */
  ONES
}
