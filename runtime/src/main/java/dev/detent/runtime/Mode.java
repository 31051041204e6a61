package dev.detent.runtime;

/** How a model computes now. Its weights are the same in both. */
public enum Mode {
  /** In 32-bit floating point. */
  FLOAT,
  /** As the deployed integer model will; training is then quantization-aware. */
  QUANTIZED
}
