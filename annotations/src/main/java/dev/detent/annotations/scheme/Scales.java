package dev.detent.annotations.scheme;

/** Which numbers scales may be, as part of a {@link Scheme}. */
public enum Scales {
  /** Any positive number. */
  ANY,
  /** Powers of two, so that a shift rescales. */
  POWER_OF_TWO
}
