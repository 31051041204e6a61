package dev.detent.examples.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.detent.examples.shapes.Outline;
import dev.detent.runtime.detection.AnchorMatching;
import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.LabeledBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawnScenesTest {
  @Test
  void theSameSeedDrawsTheSamePicturesHoweverMany() {
    DrawnScenes few = DrawnScenes.draw(20, 5);
    DrawnScenes many = DrawnScenes.draw(50, 5);

    assertThat(many.data().take(20).fingerprint()).isEqualTo(few.data().fingerprint());
    assertThat(many.objects().subList(0, 20)).isEqualTo(few.objects());
    assertThat(DrawnScenes.draw(20, 6).data().fingerprint()).isNotEqualTo(few.data().fingerprint());
  }

  @Test
  void shapesAreVisibleAndEachHasAnAnchor() {
    int count = 400;
    DrawnScenes scenes = DrawnScenes.draw(count, 1);
    int[] ofClass = new int[DrawnScenes.CLASSES.size()];
    int all = 0;
    for (List<LabeledBox> objects : scenes.objects()) {
      assertThat(objects).hasSizeBetween(1, 3);
      all += objects.size();
      for (LabeledBox object : objects) {
        ofClass[object.label()]++;
        assertThat(object.box()).isEqualTo(object.box().clipped());
        assertThat(object.box().height()).isGreaterThanOrEqualTo(0.2);
        assertThat(object.box().width()).isGreaterThanOrEqualTo(0.2);
        for (LabeledBox other : objects) {
          assertThat(other == object || other.box().iou(object.box()) <= 0.1).isTrue();
        }
      }
      int[] matched = AnchorMatching.ssd().match(ShapeDetector.ANCHORS, objects);
      for (int i = 0; i < objects.size(); i++) {
        assertThat(matched).contains(i);
      }
    }
    assertThat(all).isGreaterThan(3 * count / 2);
    assertThat(ofClass[0]).isZero();
    for (int label = 1; label < ofClass.length; label++) {
      assertThat(ofClass[label]).isGreaterThan(all / 5);
    }
  }

  @Test
  void boundsAreThoseOfTheOutline() {
    Outline outline = (x, y) -> x >= 12 && x <= 24 && y >= 6 && y <= 60;
    assertThat(outline.bounds(48)).isEqualTo(new Box(0.125f, 0.25f, 1, 0.5f));
    assertThat(((Outline) (x, y) -> false).bounds(48).area()).isZero();
  }

  /** The box of the only shape has the pixels that differ from those around it. */
  @Test
  void aBoxIsAroundItsShape() {
    DrawnScenes scenes = DrawnScenes.draw(40, 2);
    int size = DrawnScenes.SIZE;
    float[] pixels = new float[size * size * 3];
    double inside = 0;
    double outside = 0;
    for (int i = 0; i < 40; i++) {
      if (scenes.objects().get(i).size() == 1) {
        scenes.images().read(i, pixels, 0);
        Box box = scenes.objects().get(i).get(0).box();
        inside += variation(pixels, box, true);
        outside += variation(pixels, box, false);
      }
    }
    // Outside of it there are shade and noise only, inside of it edges as well.
    assertThat(inside).isGreaterThan(outside);
  }

  /** The mean difference of neighbours in a row. */
  private static double variation(float[] pixels, Box box, boolean isInside) {
    int size = DrawnScenes.SIZE;
    double sum = 0;
    int count = 0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x + 1 < size; x++) {
        boolean isIn =
            y >= Math.floor(box.top() * size)
                && y < Math.ceil(box.bottom() * size)
                && x + 1 >= Math.floor(box.left() * size)
                && x < Math.ceil(box.right() * size);
        if (isIn == isInside) {
          int at = 3 * (y * size + x);
          sum += Math.abs(pixels[at] - pixels[at + 3]);
          count++;
        }
      }
    }
    return sum / Math.max(1, count);
  }

  @Test
  void aCountBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DrawnScenes.draw(0, 1))
        .withMessage("the number of pictures is 0; at least 1");
  }
}
