package dev.detent.annotations;

/** How a window that hangs over the edge of its input is treated: Keras's {@code padding}. */
public enum Padding {
  /** The window stays inside the input: {@code ceil((input - window + 1) / stride)} positions. */
  VALID,
  /** Zeros are added so that there are {@code ceil(input / stride)} positions. */
  SAME,
  /**
   * As many positions as {@link #SAME}, with all zeros in front, so that no output depends on later
   * steps of the input: {@code (window - 1) * dilation} of them. Convolutions over sequences have
   * it ({@link Conv1D}, {@link DepthwiseConv1D}, {@link SeparableConv1D}); TFLite has a {@code PAD}
   * for it.
   */
  CAUSAL
}
