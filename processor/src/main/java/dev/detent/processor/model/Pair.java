package dev.detent.processor.model;

/** A size or step in two directions. */
public record Pair(int height, int width) {
  /** Whether one of the two is above 1. */
  public boolean isAboveOne() {
    return height > 1 || width > 1;
  }

  /** As a user would write it: {@code {3, 3}}. */
  @Override
  public String toString() {
    return "{" + height + ", " + width + "}";
  }
}
