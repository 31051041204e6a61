package dev.detent.annotations;

/** Where the mirror stands that continues an image: TensorFlow's {@code mode}. */
public enum PadMode {
  /** On the outermost pixel, which is not repeated: {@code c b | a b c | b a}. */
  REFLECT,
  /** Behind the outermost pixel, which is repeated: {@code b a | a b c | c b}. */
  SYMMETRIC
}
