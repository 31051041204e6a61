package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mean average precision, by hand and against its definition. */
class DetectionScoresTest {
  /** Sums of 101 and of 10 doubles. */
  private static final double EXACT = 1e-12;

  private static final List<String> NAMES = List.of("background", "cat", "dog");
  private static final Box SQUARE = new Box(0, 0, 0.8f, 0.8f);

  /** 0.64 of the square. */
  private static final Box PART = new Box(0, 0, 0.8f, 0.512f);

  private static final Box ELSEWHERE = new Box(0.9f, 0.9f, 1, 1);

  private static List<LabeledBox> objects(int label, Box... boxes) {
    return List.of(boxes).stream().map(box -> new LabeledBox(box, label)).toList();
  }

  private static Detection found(Box box, int label, double score) {
    return new Detection(box, label, (float) score);
  }

  @Test
  void averagePrecisionByHand() {
    DetectionScores scores =
        DetectionScores.of(
            List.of(objects(1, SQUARE), objects(1, SQUARE)),
            List.of(
                List.of(found(ELSEWHERE, 1, 0.8), found(SQUARE, 1, 0.9)),
                List.of(found(PART, 1, 0.7))),
            NAMES);
    // Right, wrong, right up to a threshold of 0.6: precision 1 at the recalls 0 to 0.5, which are
    // 51, and 2/3 at the other 50. From 0.65 on the last one is wrong, too.
    double low = (51 + 50 * 2 / 3.0) / 101;
    double high = 51 / 101.0;
    assertThat(scores.ap50()).isCloseTo(low, within(EXACT));
    assertThat(scores.ap75()).isCloseTo(high, within(EXACT));
    assertThat(scores.meanAveragePrecision()).isCloseTo((3 * low + 7 * high) / 10, within(EXACT));
    assertThat(scores.ap50(1)).isEqualTo(scores.ap50());
    assertThat(scores.meanAveragePrecision(1)).isCloseTo(0.6039603960, within(1e-9));
    assertThat(scores.ap50(2)).as("no dog").isNaN();
    assertThat(scores.toString())
        .startsWith("mAP 0.6040, AP50 0.8350, AP75 0.5050")
        .contains("cat (2): mAP 0.6040, AP50 0.8350", "dog (0): mAP NaN");
  }

  @Test
  void whatIsFoundTwiceIsWrongOnce() {
    Box nearly = new Box(0, 0, 0.8f, 0.74f); // 0.925 of the square
    DetectionScores scores =
        DetectionScores.of(
            List.of(objects(1, SQUARE)),
            List.of(List.of(found(nearly, 1, 0.9), found(SQUARE, 1, 0.8))),
            NAMES);
    // The first one takes the object, and the second one comes after full recall; at 0.95 it is the
    // other way round, and the first one is wrong.
    assertThat(scores.ap50()).isEqualTo(1);
    assertThat(scores.meanAveragePrecision()).isCloseTo((9 + 0.5) / 10, within(EXACT));
  }

  @Test
  void aDetectionTakesTheObjectThatItOverlapsMost() {
    DetectionScores scores =
        DetectionScores.of(
            List.of(objects(1, PART, SQUARE)),
            List.of(List.of(found(SQUARE, 1, 0.9), found(PART, 1, 0.8))),
            NAMES);
    assertThat(scores.meanAveragePrecision()).isEqualTo(1);
  }

  @Test
  void classesAndPicturesAreApart() {
    List<List<LabeledBox>> objects = List.of(objects(1, SQUARE), objects(2, SQUARE));
    assertThat(
            DetectionScores.of(
                    objects,
                    List.of(List.of(found(SQUARE, 2, 1)), List.of(found(SQUARE, 1, 1))),
                    NAMES)
                .ap50())
        .isZero();
    assertThat(DetectionScores.of(objects, List.of(List.of(), List.of()), NAMES).ap50()).isZero();
    assertThat(DetectionScores.of(List.of(), List.of(), NAMES).meanAveragePrecision()).isNaN();
    DetectionScores half =
        DetectionScores.of(objects, List.of(List.of(found(SQUARE, 1, 0.3)), List.of()), NAMES);
    assertThat(half.ap50()).isEqualTo(0.5);
  }

  @Test
  void aHundredOfAClassCount() {
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      found.add(found(ELSEWHERE, 1, 0.9));
    }
    found.add(found(SQUARE, 1, 0.1));
    List<List<LabeledBox>> objects = List.of(objects(1, SQUARE));
    assertThat(DetectionScores.of(objects, List.of(found), NAMES).ap50()).isZero();
    assertThat(DetectionScores.of(objects, List.of(found.subList(1, 101)), NAMES).ap50())
        .isCloseTo(0.01, within(EXACT));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DetectionScores.of(List.of(), List.of(List.of()), NAMES))
        .withMessage("objects of 0 pictures, but detections in 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DetectionScores.of(
                    List.of(objects(1, SQUARE)), List.of(List.of(found(SQUARE, 3, 1))), NAMES))
        .withMessage("picture 0 has a box of class 3; there are the classes 1 to 2");
  }

  // ---------------------------------------------------------------- the definition

  /** For each recall the best of the precisions from there on, with nothing but the definition. */
  @Test
  void randomDetectionsAgainstTheDefinition() {
    Random random = new Random(6);
    for (int round = 0; round < 20; round++) {
      List<List<LabeledBox>> objects = new ArrayList<>();
      List<List<Detection>> found = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        List<LabeledBox> there = new ArrayList<>();
        List<Detection> said = new ArrayList<>();
        for (int o = random.nextInt(4); o > 0; o--) {
          LabeledBox object = new LabeledBox(BoxesTest.randomBox(random), 1 + random.nextInt(2));
          there.add(object);
          if (random.nextInt(4) > 0) {
            Box box = object.box();
            said.add(
                found(
                    Box.around(
                        box.centerY() + 0.02 * random.nextGaussian(),
                        box.centerX() + 0.02 * random.nextGaussian(),
                        box.height(),
                        box.width()),
                    random.nextInt(8) == 0 ? 3 - object.label() : object.label(),
                    random.nextDouble()));
          }
        }
        if (random.nextInt(3) == 0) {
          said.add(found(BoxesTest.randomBox(random), 1, random.nextDouble()));
        }
        objects.add(there);
        found.add(said);
      }
      double sum = 0;
      for (int t = 0; t < 10; t++) {
        sum += (byDefinition(objects, found, 1, t) + byDefinition(objects, found, 2, t)) / 20;
      }
      assertThat(DetectionScores.of(objects, found, NAMES).meanAveragePrecision())
          .isCloseTo(sum, within(EXACT))
          .isBetween(0.05, 0.95);
    }
  }

  private record Ranked(double score, boolean isRight) {}

  private static double byDefinition(
      List<List<LabeledBox>> objects, List<List<Detection>> found, int label, int threshold) {
    List<Ranked> ranked = new ArrayList<>();
    int all = 0;
    for (int i = 0; i < objects.size(); i++) {
      List<LabeledBox> free = new ArrayList<>(objects.get(i));
      free.removeIf(object -> object.label() != label);
      all += free.size();
      List<Detection> sorted = new ArrayList<>(found.get(i));
      sorted.removeIf(detection -> detection.label() != label);
      sorted.sort(Comparator.comparing(Detection::score).reversed());
      for (Detection detection : sorted) {
        LabeledBox best =
            free.stream()
                .max(Comparator.comparingDouble(o -> o.box().iou(detection.box())))
                .filter(o -> o.box().iou(detection.box()) >= 0.5 + 0.05 * threshold)
                .orElse(null);
        free.remove(best);
        ranked.add(new Ranked(detection.score(), best != null));
      }
    }
    ranked.sort(Comparator.comparing(Ranked::score).reversed());
    double sum = 0;
    for (int r = 0; r <= 100; r++) {
      double best = 0;
      int right = 0;
      for (int k = 0; k < ranked.size(); k++) {
        right += ranked.get(k).isRight() ? 1 : 0;
        if (100 * right >= r * all) {
          best = Math.max(best, right / (k + 1.0));
        }
      }
      sum += best;
    }
    return sum / 101;
  }
}
