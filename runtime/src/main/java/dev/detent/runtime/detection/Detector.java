package dev.detent.runtime.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes detections of what a model answers for each anchor: decodes boxes, turns scores into
 * probabilities and suppresses what was found twice.
 *
 * <pre>{@code
 * Detector detector = Detector.of(anchors);
 * List<Detection> found = detector.detect(answer.scores(), answer.boxes());
 * }</pre>
 *
 * <p>It is the same for the training graph and a deployed file, whose int8 outputs are read as real
 * numbers. Each setting returns a new object; it can be used by several threads at once.
 */
public final class Detector {
  private final Anchors anchors;
  private final ScoreKind kind;
  private final NonMaximumSuppression suppression;

  /** What the scores of a model are. */
  public enum ScoreKind {
    /** What a softmax over the classes of an anchor makes probabilities of. */
    LOGITS,
    /** What a sigmoid makes a probability of, each class by itself. */
    SIGMOID_LOGITS,
    /** Taken as they are. */
    PROBABILITIES
  }

  private Detector(Anchors anchors, ScoreKind kind, NonMaximumSuppression suppression) {
    this.anchors = Objects.requireNonNull(anchors, "anchors");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.suppression = Objects.requireNonNull(suppression, "suppression");
  }

  /**
   * For a model of these anchors whose scores are logits of a softmax, with {@link
   * NonMaximumSuppression#ssd()}.
   */
  public static Detector of(Anchors anchors) {
    return new Detector(anchors, ScoreKind.LOGITS, NonMaximumSuppression.ssd());
  }

  /** The same for scores of another kind. */
  public Detector scores(ScoreKind other) {
    return new Detector(anchors, other, suppression);
  }

  /** The same with another suppression. */
  public Detector suppression(NonMaximumSuppression other) {
    return new Detector(anchors, kind, other);
  }

  /**
   * The objects in a picture.
   *
   * @param scores {@code [anchors, classes]}, row by row, class 0 the background
   * @param boxes {@code [anchors, 4]}, row by row, as the anchors' {@link BoxCoder} has them
   * @return from the highest score to the lowest; an anchor may stand for several classes
   * @throws IllegalArgumentException if the arrays do not fit the anchors, or a number that counts
   *     is none
   */
  public List<Detection> detect(float[] scores, float[] boxes) {
    int count = anchors.size();
    int classes = scores.length / count;
    if (classes < 2
        || scores.length != (long) count * classes
        || boxes.length != (long) count * BoxCoder.VALUES) {
      throw new IllegalArgumentException(
          ("%s scores and %s numbers of boxes for %s anchors; each has a score for the background"
                  + " and each class, and %s numbers")
              .formatted(scores.length, boxes.length, count, BoxCoder.VALUES));
    }
    List<Detection> candidates = new ArrayList<>();
    float[] probabilities = new float[classes];
    for (int a = 0; a < count; a++) {
      System.arraycopy(scores, a * classes, probabilities, 0, classes);
      toProbabilities(probabilities);
      Box box = null;
      for (int c = 1; c < classes; c++) {
        if (Float.isNaN(probabilities[c])) {
          throw new IllegalArgumentException("the score of anchor " + a + " is no number");
        }
        if (probabilities[c] >= suppression.scoreThreshold()) {
          if (box == null) {
            box = anchors.coder().decode(boxes, a * BoxCoder.VALUES, anchors.boxes().get(a));
          }
          candidates.add(new Detection(box, c, probabilities[c]));
        }
      }
    }
    return suppression.apply(candidates);
  }

  private void toProbabilities(float[] scores) {
    switch (kind) {
      case LOGITS -> softmax(scores);
      case SIGMOID_LOGITS -> {
        for (int c = 0; c < scores.length; c++) {
          scores[c] = (float) (1 / (1 + Math.exp(-(double) scores[c])));
        }
      }
      case PROBABILITIES -> {}
    }
  }

  private static void softmax(float[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - largest);
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] = (float) (Math.exp(scores[c] - largest) / sum);
    }
  }
}
