package dev.detent.runtime.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Leaves one detection of each object: in each class by itself, from the highest score to the
 * lowest, what overlaps a detection that is kept by more than a threshold is dropped. It runs on
 * the JVM, behind the model, as TensorFlow Lite's {@code TFLite_Detection_PostProcess} does with
 * {@code use_regular_nms}.
 *
 * @param scoreThreshold what scores less is dropped first
 * @param iouThreshold two detections of a class that are kept overlap by at most this, 0 to 1
 * @param mostPerClass that are kept of a class, at least 1
 * @param most that are kept in all, those of the highest scores, at least 1
 */
public record NonMaximumSuppression(
    double scoreThreshold, double iouThreshold, int mostPerClass, int most) {
  private static final Comparator<Detection> BY_SCORE =
      Comparator.comparingDouble(Detection::score).reversed();

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public NonMaximumSuppression {
    if (Double.isNaN(scoreThreshold)) {
      throw new IllegalArgumentException("the score threshold is no number");
    }
    if (!(iouThreshold >= 0 && iouThreshold <= 1)) {
      throw new IllegalArgumentException("IoU threshold " + iouThreshold + "; it must be 0 to 1");
    }
    if (mostPerClass < 1 || most < 1) {
      throw new IllegalArgumentException(
          "at most %s detections of a class and %s in all; both must be at least 1"
              .formatted(mostPerClass, most));
    }
  }

  /** SSD's (Liu et al., 2016, section 3): scores from 0.01 on, overlaps of 0.45, 200 in all. */
  public static NonMaximumSuppression ssd() {
    return new NonMaximumSuppression(0.01, 0.45, 200, 200);
  }

  /** The same with another least score. */
  public NonMaximumSuppression scoreThreshold(double least) {
    return new NonMaximumSuppression(least, iouThreshold, mostPerClass, most);
  }

  /** The same with another greatest overlap. */
  public NonMaximumSuppression iouThreshold(double overlap) {
    return new NonMaximumSuppression(scoreThreshold, overlap, mostPerClass, most);
  }

  /** The same for so many detections of a class, and in all. */
  public NonMaximumSuppression most(int ofClass, int inAll) {
    return new NonMaximumSuppression(scoreThreshold, iouThreshold, ofClass, inAll);
  }

  /**
   * What is left of detections in one picture.
   *
   * @param candidates in any order; of equal scores the earlier one wins
   * @return those that are kept, from the highest score to the lowest
   */
  public List<Detection> apply(List<Detection> candidates) {
    List<Detection> sorted = new ArrayList<>();
    int labels = 0;
    for (Detection candidate : candidates) {
      if (candidate.score() >= scoreThreshold) {
        sorted.add(candidate);
        labels = Math.max(labels, candidate.label() + 1);
      }
    }
    sorted.sort(BY_SCORE);
    List<List<Detection>> kept = new ArrayList<>();
    for (int i = 0; i < labels; i++) {
      kept.add(new ArrayList<>());
    }
    List<Detection> all = new ArrayList<>();
    for (Detection candidate : sorted) {
      List<Detection> ofClass = kept.get(candidate.label());
      if (all.size() < most
          && ofClass.size() < mostPerClass
          && ofClass.stream().noneMatch(other -> overlaps(candidate, other))) {
        ofClass.add(candidate);
        all.add(candidate);
      }
    }
    return List.copyOf(all);
  }

  private boolean overlaps(Detection one, Detection other) {
    return one.box().iou(other.box()) > iouThreshold;
  }
}
