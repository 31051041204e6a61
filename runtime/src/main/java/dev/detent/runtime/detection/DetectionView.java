package dev.detent.runtime.detection;

import java.util.List;
import java.util.Objects;

/**
 * What it takes to show what a model finds: how detections are made of its answers, and what its
 * pictures show. A model's report draws boxes with it.
 *
 * <pre>{@code
 * model.report(
 *     page,
 *     test,
 *     ReportOptions.defaults()
 *         .detections(DetectionView.of(detector, "scores", "boxes", objects, names)));
 * }</pre>
 *
 * @param detector makes detections of answers
 * @param scores the name of the output that has the scores, {@code [anchors, classes]}
 * @param boxes the name of the output that has the boxes, {@code [anchors, 4]}
 * @param objects what each example shows, in their order
 * @param names of the classes; the first is the background
 * @param leastScore detections of less are not shown, 0 to 1
 */
public record DetectionView(
    Detector detector,
    String scores,
    String boxes,
    List<List<LabeledBox>> objects,
    List<String> names,
    double leastScore) {

  /** Detections of less are not shown, if nothing else is said: {@value}. */
  public static final double DEFAULT_LEAST_SCORE = 0.5;

  /**
   * Copies the lists and checks.
   *
   * @throws IllegalArgumentException if an object has a class without name, or the score is not
   *     from 0 to 1
   */
  public DetectionView {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(boxes, "boxes");
    objects = objects.stream().map(List::copyOf).toList();
    names = List.copyOf(names);
    if (!(leastScore >= 0 && leastScore <= 1)) {
      throw new IllegalArgumentException(
          "the least score to show is " + leastScore + "; it is from 0 to 1");
    }
    for (int i = 0; i < objects.size(); i++) {
      for (LabeledBox object : objects.get(i)) {
        if (object.label() >= names.size()) {
          throw new IllegalArgumentException(
              "example %d has an object of class %d, and there are names for 0 to %d"
                  .formatted(i, object.label(), names.size() - 1));
        }
      }
    }
  }

  /** With {@link #DEFAULT_LEAST_SCORE}; see the record. */
  public static DetectionView of(
      Detector detector,
      String scores,
      String boxes,
      List<List<LabeledBox>> objects,
      List<String> names) {
    return new DetectionView(detector, scores, boxes, objects, names, DEFAULT_LEAST_SCORE);
  }

  /** The same that shows detections of this score and more. */
  public DetectionView leastScore(double score) {
    return new DetectionView(detector, scores, boxes, objects, names, score);
  }
}
