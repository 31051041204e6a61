package dev.detent.runtime.data;

/** How the elements of {@link Features} are kept in memory and fed to a model. */
public enum ElementType {
  /** One byte an element, 0 to 255. */
  UINT8,
  /** A 32-bit float an element. */
  FLOAT32
}
