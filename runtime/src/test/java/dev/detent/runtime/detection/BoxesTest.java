package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Boxes, anchors and how the one is told from the other. */
class BoxesTest {
  /** Corners are floats between -1 and 2, each exact to 2^-23 or so. */
  private static final double EXACT = 1e-6;

  // ---------------------------------------------------------------- boxes

  @Test
  void overlapsByHand() {
    Box box = new Box(0, 0, 0.5f, 0.5f);
    assertThat(box.iou(box)).isEqualTo(1);
    // A quarter each: 1/16 in common of 7/16.
    assertThat(box.iou(new Box(0.25f, 0.25f, 0.75f, 0.75f))).isEqualTo(1 / 7.0);
    assertThat(box.iou(new Box(0, 0, 0.25f, 0.5f))).as("half of it").isEqualTo(0.5);
    assertThat(box.iou(new Box(0, 0.5f, 0.5f, 1))).as("side by side").isZero();
    assertThat(box.iou(new Box(0.6f, 0.6f, 1, 1))).as("apart").isZero();
    assertThat(new Box(0, 0, 0, 0).iou(new Box(0, 0, 0, 0))).as("no area").isZero();
  }

  @Test
  void overlapsAreSymmetricAndFromZeroToOne() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Box one = randomBox(random);
      Box other = randomBox(random);
      assertThat(one.iou(other)).isEqualTo(other.iou(one)).isBetween(0.0, 1.0);
      assertThat(one.intersection(other)).isLessThanOrEqualTo(Math.min(one.area(), other.area()));
    }
  }

  static Box randomBox(Random random) {
    return Box.around(
        random.nextDouble(),
        random.nextDouble(),
        0.05 + 0.6 * random.nextDouble(),
        0.05 + 0.6 * random.nextDouble());
  }

  @Test
  void aBoxOverTheEdgeIsClipped() {
    assertThat(new Box(-0.5f, 0.25f, 0.5f, 1.5f).clipped()).isEqualTo(new Box(0, 0.25f, 0.5f, 1));
    assertThat(new Box(-2, -1, -1, 0.5f).clipped().area()).isZero();
  }

  @Test
  void whatIsNoBoxIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(0.5f, 0, 0.25f, 1))
        .withMessage(
            "box from (0.5, 0.0) to (0.25, 1.0): each must be a number, the end at least the"
                + " beginning");
    assertThatIllegalArgumentException().isThrownBy(() -> new Box(0, Float.NaN, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box(0, 0, Float.POSITIVE_INFINITY, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabeledBox(new Box(0, 0, 1, 1), 0))
        .withMessage("an object of class 0; objects have 1 and more, 0 is the background");
  }

  // ---------------------------------------------------------------- coding

  @Test
  void numbersByHand() {
    Box anchor = Box.around(0.5, 0.5, 0.2, 0.4);
    Box box = Box.around(0.6, 0.4, 0.4, 0.2);
    float[] numbers = new float[6];

    BoxCoder.ssd().encode(box, anchor, numbers, 1);

    // 10 * 0.1 / 0.2, 10 * -0.1 / 0.4, 5 * log(2), 5 * log(1/2)
    double log = 5 * Math.log(2);
    double[] wanted = {0, 5, -2.5, log, -log, 0};
    for (int i = 0; i < wanted.length; i++) {
      assertThat(numbers[i]).isCloseTo((float) wanted[i], within(1e-5f));
    }
    assertThat(BoxCoder.ssd().decode(new float[4], 0, anchor)).isEqualTo(anchor);
  }

  @Test
  void decodingReversesEncoding() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      BoxCoder coder =
          new BoxCoder(
              1 + 9 * random.nextDouble(),
              1 + 9 * random.nextDouble(),
              1 + 4 * random.nextDouble(),
              1 + 4 * random.nextDouble());
      Box anchor = randomBox(random);
      Box box = randomBox(random);
      float[] numbers = new float[BoxCoder.VALUES];
      coder.encode(box, anchor, numbers, 0);
      Box back = coder.decode(numbers, 0, anchor);
      // Numbers of up to 10 * 1.0 / 0.05 = 200 have errors of 2^-17, a share of the anchor.
      assertThat(back.top()).isCloseTo(box.top(), within(1e-5f));
      assertThat(back.left()).isCloseTo(box.left(), within(1e-5f));
      assertThat(back.bottom()).isCloseTo(box.bottom(), within(1e-5f));
      assertThat(back.right()).isCloseTo(box.right(), within(1e-5f));
    }
  }

  @Test
  void whatCannotBeCodedIsRefused() {
    Box anchor = Box.around(0.5, 0.5, 0.2, 0.4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxCoder.ssd().encode(new Box(0, 0, 0, 1), anchor, new float[4], 0))
        .withMessageContaining("both must be higher and wider than 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new BoxCoder(10, 0, 5, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoxCoder.ssd().decode(new float[] {Float.NaN, 0, 0, 0}, 0, anchor));
    Box huge = BoxCoder.ssd().decode(new float[] {0, 0, 1e30f, 1e30f}, 0, anchor);
    assertThat(Double.isFinite(huge.area())).isTrue();
  }

  // ---------------------------------------------------------------- anchors

  @Test
  void gridsGoRowByRow() {
    Anchors anchors = Anchors.grid(2, 4, new Anchors.Shape(0.5, 0.25), Anchors.Shape.of(0.4, 4));
    assertThat(anchors.size()).isEqualTo(16);
    isBox(anchors.boxes().get(0), 0.25, 0.125, 0.5, 0.25);
    // An area of 0.16, four times as wide as high.
    isBox(anchors.boxes().get(1), 0.25, 0.125, 0.2, 0.8);
    isBox(anchors.boxes().get(2), 0.25, 0.375, 0.5, 0.25);
    isBox(anchors.boxes().get(15), 0.75, 0.875, 0.2, 0.8);
  }

  @Test
  void ssdsScalesByHand() {
    Anchors anchors = Anchors.ssd(0.2, 0.8, List.of(1.0, 2.0), 3, 2, 1);
    assertThat(anchors.size()).isEqualTo((9 + 4 + 1) * 3);
    isBox(anchors.boxes().get(0), 1 / 6.0, 1 / 6.0, 0.2, 0.2);
    isBox(anchors.boxes().get(1), 1 / 6.0, 1 / 6.0, 0.2 / Math.sqrt(2), 0.2 * Math.sqrt(2));
    isBox(anchors.boxes().get(2), 1 / 6.0, 1 / 6.0, Math.sqrt(0.1), Math.sqrt(0.1));
    isBox(anchors.boxes().get(27), 0.25, 0.25, 0.5, 0.5);
    isBox(anchors.boxes().get(39), 0.5, 0.5, 0.8, 0.8);
    isBox(anchors.boxes().get(41), 0.5, 0.5, Math.sqrt(0.8), Math.sqrt(0.8));
    assertThat(Anchors.ssd(0.5, 0.9, List.of(1.0), 1).boxes().get(0).height())
        .as("of one map the smallest")
        .isEqualTo(0.5);
  }

  private static void isBox(Box box, double centerY, double centerX, double height, double width) {
    assertThat(box.centerY()).isCloseTo(centerY, within(EXACT));
    assertThat(box.centerX()).isCloseTo(centerX, within(EXACT));
    assertThat(box.height()).isCloseTo(height, within(EXACT));
    assertThat(box.width()).isCloseTo(width, within(EXACT));
  }

  @Test
  void anchorsOfOneCoderAreJoined() {
    Anchors fine = Anchors.grid(2, 2, new Anchors.Shape(0.3, 0.3));
    Anchors coarse = Anchors.grid(1, 1, new Anchors.Shape(0.9, 0.9));
    assertThat(fine.then(coarse).boxes()).hasSize(5).endsWith(coarse.boxes().get(0));
    assertThat(fine).hasToString("4 anchors, " + BoxCoder.ssd());
    Anchors other = coarse.with(new BoxCoder(1, 1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fine.then(other))
        .withMessageStartingWith("anchors of two coders");
    assertThatIllegalArgumentException().isThrownBy(() -> Anchors.grid(2, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Anchors(List.of(new Box(0, 0, 0, 1)), BoxCoder.ssd()));
  }
}
