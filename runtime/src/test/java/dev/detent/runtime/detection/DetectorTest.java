package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From answers to detections. */
class DetectorTest {
  private static Detection found(double score, int label, double x) {
    return new Detection(Box.around(0.5, x, 0.2, 0.2), label, (float) score);
  }

  @Test
  void oneOfEachObjectIsLeft() {
    Detection best = found(0.9, 1, 0.5);
    Detection near = found(0.8, 1, 0.52); // overlap 0.18 / 0.22
    Detection apart = found(0.7, 1, 0.6); // overlap 0.1 / 0.3
    Detection otherClass = found(0.6, 2, 0.5);
    Detection unsure = found(0.005, 2, 0.1);
    List<Detection> all = List.of(unsure, otherClass, apart, near, best);
    NonMaximumSuppression ssd = NonMaximumSuppression.ssd();

    assertThat(ssd.apply(all)).containsExactly(best, apart, otherClass);
    assertThat(ssd.iouThreshold(0.3).apply(all)).containsExactly(best, otherClass);
    assertThat(ssd.iouThreshold(0.9).apply(all)).containsExactly(best, near, apart, otherClass);
    assertThat(ssd.scoreThreshold(0.65).apply(all)).containsExactly(best, apart);
    assertThat(ssd.most(1, 200).apply(all)).containsExactly(best, otherClass);
    assertThat(ssd.most(200, 2).apply(all)).containsExactly(best, apart);
    assertThat(ssd.apply(List.of())).isEmpty();
  }

  /** What is dropped has no further say: it drops nothing itself. */
  @Test
  void whatIsDroppedDropsNothing() {
    Detection first = found(0.9, 1, 0.4);
    Detection second = found(0.8, 1, 0.46);
    Detection third = found(0.7, 1, 0.52); // overlaps the second one by 0.14 / 0.26, not the first
    assertThat(NonMaximumSuppression.ssd().apply(List.of(first, second, third)))
        .containsExactly(first, third);
  }

  @Test
  void whatIsLeftOverlapsByTheThresholdAtMost() {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      NonMaximumSuppression suppression =
          new NonMaximumSuppression(0.2, random.nextDouble(), 50, 100);
      List<Detection> candidates = new ArrayList<>();
      for (int d = 0; d < 60; d++) {
        candidates.add(
            new Detection(BoxesTest.randomBox(random), 1 + random.nextInt(2), random.nextFloat()));
      }
      List<Detection> kept = suppression.apply(candidates);
      for (Detection candidate : candidates) {
        boolean isKept = kept.contains(candidate);
        boolean isCovered =
            kept.stream()
                .anyMatch(
                    other ->
                        other != candidate
                            && other.label() == candidate.label()
                            && other.score() >= candidate.score()
                            && other.box().iou(candidate.box()) > suppression.iouThreshold());
        assertThat(isKept).isEqualTo(candidate.score() >= 0.2 && !isCovered);
      }
      assertThat(kept).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
    }
  }

  @Test
  void scoresBecomeProbabilities() {
    Anchors anchors = Anchors.grid(1, 2, new Anchors.Shape(0.4, 0.4));
    float[] scores = {0, 1, 2, 5, 0, -100};
    float[] boxes = {1, 0, 0, 0, 0, 0, 0, 0};
    List<Detection> found = Detector.of(anchors).detect(scores, boxes);
    double sum = 1 + Math.E + Math.exp(2);
    assertThat(found).extracting(Detection::label).containsExactly(2, 1);
    assertThat(found.get(0).score()).isCloseTo((float) (Math.exp(2) / sum), within(1e-6f));
    assertThat(found.get(1).score()).isCloseTo((float) (Math.E / sum), within(1e-6f));
    // 1 / 10 of the height, 0.4, lower
    assertThat(found.get(0).box().centerY()).isCloseTo(0.54, within(1e-6));

    List<Detection> single =
        Detector.of(anchors).scores(Detector.ScoreKind.SIGMOID_LOGITS).detect(scores, boxes);
    assertThat(single).extracting(Detection::label).containsExactly(2, 1, 1);
    assertThat(single.get(0).score()).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
    assertThat(single.get(2).score()).isEqualTo(0.5f);

    assertThat(Detector.of(anchors).scores(Detector.ScoreKind.PROBABILITIES).detect(scores, boxes))
        .extracting(Detection::score)
        .containsExactly(2f, 1f);
  }

  @Test
  void answersOfAnotherSizeAreRefused() {
    Anchors anchors = Anchors.grid(1, 2, new Anchors.Shape(0.4, 0.4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.of(anchors).detect(new float[5], new float[8]))
        .withMessage(
            "5 scores and 8 numbers of boxes for 2 anchors; each has a score for the background and"
                + " each class, and 4 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.of(anchors).detect(new float[6], new float[6]));
    float[] broken = {0, Float.NaN, 0, 0, 0, 0};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.of(anchors).detect(broken, new float[8]))
        .withMessage("the score of anchor 0 is no number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NonMaximumSuppression.ssd().iouThreshold(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> NonMaximumSuppression.ssd().most(0, 1));
  }
}
