package dev.detent.annotations;

/**
 * How the two directions of a {@link Bidirectional} layer are merged: Keras's {@code merge_mode}.
 */
public enum MergeMode {
  /** The sum: TFLite's {@code ADD}. */
  SUM,
  /** The product: TFLite's {@code MUL}. */
  MUL,
  /** The forward layer's channels, then the backward layer's: TFLite's {@code CONCATENATION}. */
  CONCAT,
  /** The mean: TFLite's {@code ADD} and {@code MUL}. */
  AVE
}
