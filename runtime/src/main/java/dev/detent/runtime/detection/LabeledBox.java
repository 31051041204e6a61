package dev.detent.runtime.detection;

import java.util.Objects;

/**
 * An object that a picture shows.
 *
 * @param box where
 * @param label its class, 1 or more: 0 is the background
 */
public record LabeledBox(Box box, int label) {

  /**
   * Checks the class.
   *
   * @throws IllegalArgumentException if it is the background's or negative
   */
  public LabeledBox {
    Objects.requireNonNull(box, "box");
    if (label < 1) {
      throw new IllegalArgumentException(
          "an object of class " + label + "; objects have 1 and more, 0 is the background");
    }
  }
}
