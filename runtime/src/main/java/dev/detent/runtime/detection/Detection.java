package dev.detent.runtime.detection;

import java.util.Objects;

/**
 * An object that a model found.
 *
 * @param box where
 * @param label its class, 1 or more
 * @param score how sure the model is; of a softmax or sigmoid 0 to 1
 */
public record Detection(Box box, int label, float score) {

  /**
   * Checks class and score.
   *
   * @throws IllegalArgumentException if the class is the background's or negative, or the score is
   *     no number
   */
  public Detection {
    Objects.requireNonNull(box, "box");
    if (label < 1) {
      throw new IllegalArgumentException(
          "a detection of class " + label + "; objects have 1 and more, 0 is the background");
    }
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("a detection whose score is no number");
    }
  }
}
