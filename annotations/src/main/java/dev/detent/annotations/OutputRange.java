package dev.detent.annotations;

/** Which range the output of a layer has. */
public enum OutputRange {
  /** That of TFLite's kernel: learned, shared with the inputs, or fixed. */
  AS_TFLITE,
  /** One of its own, which the data determine. */
  OWN,
  /** The one of its inputs, which then share it. */
  OF_INPUTS,
  /** The one that the rule gives. */
  FIXED
}
