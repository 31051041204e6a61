package dev.detent.annotations;

/** What an {@link Input} holds. */
public enum DataType {
  /** Real numbers, which a quantized model takes as int8. */
  FLOAT32,
  /**
   * Indices: whole numbers, at least 0, which any model takes as int32. Only for {@link Embedding}.
   */
  INT32
}
