package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which anchor is to answer what. */
class DetectionTargetsTest {
  private static final List<String> NAMES = List.of("background", "cat", "dog");

  /** Four squares side by side in the upper half, and one over all of it. */
  private static final Anchors ANCHORS =
      Anchors.grid(1, 4, new Anchors.Shape(0.25, 0.25))
          .then(Anchors.grid(1, 1, new Anchors.Shape(1, 1)));

  private static LabeledBox object(int label, double y, double x, double height, double width) {
    return new LabeledBox(Box.around(y, x, height, width), label);
  }

  private static int[] match(AnchorMatching matching, LabeledBox... objects) {
    return matching.match(ANCHORS, List.of(objects));
  }

  // ---------------------------------------------------------------- matching

  @Test
  void anchorsAreMatchedByHand() {
    AnchorMatching ssd = AnchorMatching.ssd();
    assertThat(match(ssd)).containsExactly(-1, -1, -1, -1, -1);
    assertThat(match(ssd, object(1, 0.5, 0.125, 0.25, 0.25)))
        .as("one equals it")
        .containsExactly(0, -1, -1, -1, -1);
    assertThat(match(ssd, object(1, 0.5, 0.25, 0.25, 0.5)))
        .as("two overlap it by a half each")
        .containsExactly(0, 0, -1, -1, -1);
    assertThat(match(ssd, object(1, 0.1, 0.9, 0.1, 0.1)))
        .as("the best one, which overlaps it by 1/100, has it nevertheless")
        .containsExactly(-1, -1, -1, -1, 0);
  }

  @Test
  void ofTwoObjectsAnAnchorHasTheNearerOneAndTheOtherAnotherAnchor() {
    LabeledBox far = object(1, 0.5, 0.125, 0.25, 0.2);
    LabeledBox near = object(2, 0.5, 0.125, 0.25, 0.25);
    // Both are best at anchor 0. The nearer one claims it; for the other one only the large is
    // left.
    assertThat(match(AnchorMatching.ssd(), far, near)).containsExactly(1, -1, -1, -1, 0);
    LabeledBox[] six = new LabeledBox[6];
    java.util.Arrays.fill(six, near);
    assertThat(match(AnchorMatching.ssd(), six))
        .as("what finds no free anchor is left out")
        .containsExactly(0, -1, -1, -1, 1);
  }

  @Test
  void betweenTwoThresholdsAnAnchorIsIgnored() {
    LabeledBox object = object(1, 0.5, 0.25, 0.25, 0.5);
    assertThat(match(new AnchorMatching(0.6, 0.4), object))
        .as("0.5 with two anchors: the first is claimed, the second ignored")
        .containsExactly(0, -2, -1, -1, -1);
    assertThat(match(new AnchorMatching(0.6, 0.55), object)).containsExactly(0, -1, -1, -1, -1);
    assertThat(match(new AnchorMatching(0.5, 0.1), object))
        .as("an eighth of the large one")
        .containsExactly(0, 0, -1, -1, -2);
  }

  @Test
  void eachObjectThatOverlapsAFreeAnchorHasOne() {
    Random random = new Random(3);
    Anchors anchors = Anchors.ssd(0.2, 0.7, List.of(1.0, 2.0, 0.5), 6, 3);
    for (int i = 0; i < 100; i++) {
      List<LabeledBox> objects = new ArrayList<>();
      for (int o = random.nextInt(8); o >= 0; o--) {
        objects.add(new LabeledBox(BoxesTest.randomBox(random), 1));
      }
      int[] matched = AnchorMatching.retinaNet().match(anchors, objects);
      List<Integer> found = new ArrayList<>();
      for (int a = 0; a < matched.length; a++) {
        Box anchor = anchors.boxes().get(a);
        double most = objects.stream().mapToDouble(o -> o.box().iou(anchor)).max().orElse(0);
        if (matched[a] >= 0) {
          found.add(matched[a]);
        } else {
          assertThat(most).isLessThan(0.5);
          assertThat(most < 0.4).isEqualTo(matched[a] == AnchorMatching.BACKGROUND);
        }
      }
      assertThat(found.stream().distinct().count()).isEqualTo(objects.size());
    }
  }

  @Test
  void thresholdsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AnchorMatching(0.4, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new AnchorMatching(1.1, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnchorMatching(0.5, 0))
        .withMessage(
            "matching from an overlap of 0.5 on, background below 0.0: 0 < negative <= positive <="
                + " 1");
  }

  // ---------------------------------------------------------------- targets

  @Test
  void classesAndBoxesByHand() {
    var objects = List.of(List.of(object(2, 0.5, 0.375, 0.5, 0.25)), List.<LabeledBox>of());
    DetectionTargets targets = DetectionTargets.of(objects, NAMES, ANCHORS);
    Targets scores = targets.scores();
    assertThat(scores.isClasses()).isTrue();
    assertThat(scores.shape()).containsExactly(5, 3);
    assertThat(scores.classNames()).isEqualTo(NAMES);
    int[] classes = new int[11];
    scores.readClasses(0, classes, 1);
    scores.readClasses(1, classes, 6);
    assertThat(classes).containsExactly(0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    float[] oneHot = new float[15];
    scores.read(0, oneHot, 0);
    assertThat(oneHot).containsExactly(1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0);

    Targets boxes = targets.boxes();
    assertThat(boxes.isClasses()).isFalse();
    assertThat(boxes.shape()).containsExactly(5, 4);
    float[] numbers = new float[20];
    boxes.read(0, numbers, 0);
    for (int i = 0; i < numbers.length; i++) {
      if (i < 4 || i >= 8) {
        assertThat(numbers[i]).isNaN();
      }
    }
    assertThat(numbers[4]).isZero();
    assertThat(numbers[5]).isZero();
    assertThat(numbers[6]).isCloseTo((float) (5 * Math.log(2)), within(1e-6f));
    assertThat(numbers[7]).isZero();
    boxes.read(1, numbers, 0);
    assertThat(numbers).containsOnly(Float.NaN);
    assertThat(targets.scores().take(1).size()).isEqualTo(1);
  }

  @Test
  void ignoredAnchorsAreMissing() {
    DetectionTargets targets =
        DetectionTargets.of(
            List.of(List.of(object(1, 0.5, 0.25, 0.25, 0.5))),
            NAMES,
            ANCHORS,
            new AnchorMatching(0.6, 0.4));
    assertThat(targets.scores().isClasses()).isFalse();
    float[] oneHot = new float[15];
    targets.scores().read(0, oneHot, 0);
    float nan = Float.NaN;
    assertThat(oneHot).containsExactly(0, 1, 0, nan, nan, nan, 1, 0, 0, 1, 0, 0, 1, 0, 0);
    assertThatThrownBy(() -> targets.scores().classNames())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** What a perfect model would answer is decoded to what there is. */
  @Test
  void detectionsOfTheTargetsAreTheObjects() {
    Random random = new Random(4);
    Anchors anchors = Anchors.ssd(0.2, 0.7, List.of(1.0, 2.0, 0.5), 6, 3);
    List<List<LabeledBox>> objects = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<LabeledBox> ofPicture = new ArrayList<>();
      for (int o = random.nextInt(4); o > 0; o--) {
        ofPicture.add(new LabeledBox(BoxesTest.randomBox(random), 1 + random.nextInt(2)));
      }
      objects.add(ofPicture);
    }
    DetectionTargets targets = DetectionTargets.of(objects, NAMES, anchors);
    // Of two objects of a class that overlap by more, one would be taken for the other.
    Detector detector =
        Detector.of(anchors)
            .scores(Detector.ScoreKind.PROBABILITIES)
            .suppression(new NonMaximumSuppression(0.5, 0.99, 100, 100));
    List<List<Detection>> found = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      float[] scores = new float[targets.scores().width()];
      float[] boxes = new float[targets.boxes().width()];
      targets.scores().read(i, scores, 0);
      targets.boxes().read(i, boxes, 0);
      found.add(detector.detect(scores, boxes));
      assertThat(found.get(i)).hasSameSizeAs(objects.get(i));
    }
    DetectionScores perfect = DetectionScores.of(objects, found, NAMES);
    assertThat(perfect.meanAveragePrecision()).isEqualTo(1);
    assertThat(perfect.ap50()).isEqualTo(1);
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(
            () ->
                DetectionTargets.of(
                    List.of(List.of(), List.of(object(3, 0.5, 0.5, 1, 1))), NAMES, ANCHORS))
        .isInstanceOf(DataException.class)
        .hasMessage("picture 1 has an object of class 3; there are the classes 1 to 2");
    assertThatThrownBy(
            () -> DetectionTargets.of(List.of(List.of(object(1, 0.5, 0.5, 0, 1))), NAMES, ANCHORS))
        .hasMessageStartingWith("picture 0 has a box without area");
    assertThatThrownBy(() -> DetectionTargets.of(List.of(), List.of("cat"), ANCHORS))
        .hasMessage("classes [cat]; there must be the background and one more");
  }
}
