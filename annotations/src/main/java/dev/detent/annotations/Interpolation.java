package dev.detent.annotations;

/** How the pixels of an image of another size are found: Keras's {@code interpolation}. */
public enum Interpolation {
  /** The nearest pixel: TFLite's {@code RESIZE_NEAREST_NEIGHBOR}. */
  NEAREST,
  /** The weighted mean of the four pixels around: TFLite's {@code RESIZE_BILINEAR}. */
  BILINEAR
}
