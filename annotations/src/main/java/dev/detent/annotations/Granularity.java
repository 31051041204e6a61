package dev.detent.annotations;

/** How many scales the weights of one layer have. */
public enum Granularity {
  /** One for each output channel: what TFLite's converter writes, and finer. */
  PER_CHANNEL,
  /** One for the whole tensor, as some runtimes and accelerators want it. */
  PER_TENSOR
}
