package dev.detent.annotations;

/** How a window that hangs over the edge of its input is treated: Keras's {@code padding}. */
public enum Padding {
  /** The window stays inside the input: {@code ceil((input - window + 1) / stride)} positions. */
  VALID,
  /** Zeros are added so that there are {@code ceil(input / stride)} positions. */
  SAME
}
