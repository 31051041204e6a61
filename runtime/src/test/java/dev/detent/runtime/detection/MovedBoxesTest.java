package dev.detent.runtime.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.BatchIterator;
import dev.detent.runtime.data.Batches;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.ExampleStream;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Boxes move with the pixels that they are around. */
class MovedBoxesTest {
  private static final int HEIGHT = 20;
  private static final int WIDTH = 30;
  private static final int EXAMPLES = 60;
  private static final List<String> NAMES = List.of("background", "thing");

  /** One box, of the whole picture: its numbers are those of any box. */
  private static final Anchors ANCHORS =
      new Anchors(List.of(new Box(0, 0, 1, 1)), new BoxCoder(1, 1, 1, 1));

  private record Pictures(List<Features> inputs, List<Targets> targets) implements Examples {
    @Override
    public int size() {
      return inputs.get(0).size();
    }
  }

  /** Pictures with a bright rectangle each, or with two inputs. */
  private static Pictures pictures(AnchorMatching matching, boolean isTwice) {
    Random random = new Random(9);
    float[][] images = new float[EXAMPLES][HEIGHT * WIDTH];
    List<List<LabeledBox>> objects = new ArrayList<>();
    for (float[] image : images) {
      int height = 4 + random.nextInt(5);
      int width = 4 + random.nextInt(9);
      int top = 5 + random.nextInt(HEIGHT - height - 9);
      int left = 6 + random.nextInt(WIDTH - width - 11);
      for (int y = top; y < top + height; y++) {
        for (int x = left; x < left + width; x++) {
          image[y * WIDTH + x] = 1;
        }
      }
      objects.add(
          List.of(
              new LabeledBox(
                  new Box(
                      (float) top / HEIGHT,
                      (float) left / WIDTH,
                      (float) (top + height) / HEIGHT,
                      (float) (left + width) / WIDTH),
                  1)));
    }
    DetectionTargets targets = DetectionTargets.of(objects, NAMES, ANCHORS, matching);
    Features features = Features.of(images, HEIGHT, WIDTH, 1);
    return new Pictures(
        isTwice ? List.of(features, features) : List.of(features),
        List.of(targets.scores(), targets.boxes()));
  }

  /** Compares each box with the extent of what is at least half as bright as the rectangle. */
  private static void areAround(Augmentation augmentation, double pixels) {
    Pictures pictures = pictures(AnchorMatching.ssd(), false);
    int moved = 0;
    try (BatchIterator batches =
        Batches.of(pictures, 16).augmented(augmentation).prefetched(0).epoch(3)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        for (int i = 0; i < batch.count(); i++) {
          Box box = ANCHORS.coder().decode(batch.values(1), 4 * i, ANCHORS.boxes().get(0));
          assertThat(batch.classes(0)[i]).isEqualTo(1);
          float[] before = new float[4];
          pictures.targets().get(1).read(batch.index(i), before, 0);
          moved += before[1] != batch.values(1)[4 * i + 1] ? 1 : 0;
          int top = HEIGHT;
          int left = WIDTH;
          int bottom = 0;
          int right = 0;
          for (int at = 0; at < HEIGHT * WIDTH; at++) {
            if (batch.floats(0)[i * HEIGHT * WIDTH + at] >= 0.5) {
              top = Math.min(top, at / WIDTH);
              left = Math.min(left, at % WIDTH);
              bottom = Math.max(bottom, at / WIDTH + 1);
              right = Math.max(right, at % WIDTH + 1);
            }
          }
          assertThat((double) box.top() * HEIGHT).isCloseTo(top, within(pixels));
          assertThat((double) box.left() * WIDTH).isCloseTo(left, within(pixels));
          assertThat((double) box.bottom() * HEIGHT).isCloseTo(bottom, within(pixels));
          assertThat((double) box.right() * WIDTH).isCloseTo(right, within(pixels));
        }
      }
    }
    assertThat(moved).as("boxes that moved").isGreaterThan(EXAMPLES / 4);
  }

  @Test
  void boxesAreAroundWhatMovesByWholePixels() {
    // Numbers are floats of a picture's size.
    areAround(Augmentation.horizontalFlip(), 1e-4);
    areAround(Augmentation.horizontalFlip().then(Augmentation.verticalFlip()), 1e-4);
    areAround(Augmentation.shiftedCrop(3), 1e-4);
    areAround(
        Augmentation.shiftedCrop(2)
            .then(Augmentation.horizontalFlip())
            .then(Augmentation.noise(0.01)),
        1e-4);
  }

  @Test
  void boxesAreAroundWhatIsInterpolated() {
    // The edge of what is half as bright lies within half a pixel of the real one.
    areAround(Augmentation.shift(0.1, 0.1), 0.51);
    areAround(Augmentation.zoom(0.8, 1.2).then(Augmentation.horizontalFlip()), 0.51);
  }

  /** Around the moved corners: a right angle swaps the sides, others take more room. */
  @Test
  void rotatedBoxesHoldWhatWasInThem() {
    Augmentation right =
        (image, random) -> image.affine(0, 1, 0, -1, 0, 0); // what was above is to the right
    areAround(right.movingClassMaps(), 1e-3);
  }

  @Test
  void whatLeavesThePictureIsNoObject() {
    Pictures pictures = pictures(AnchorMatching.ssd(), false);
    Augmentation away = (image, random) -> image.shift(0, WIDTH - 4);
    Augmentation flat = (image, random) -> image.affine(0, 0, 0, 0, 0, 0);
    for (Augmentation all : List.of(away.movingClassMaps(), flat.movingClassMaps())) {
      try (BatchIterator batches = Batches.of(pictures, EXAMPLES).augmented(all).epoch(0)) {
        Batch batch = batches.next();
        assertThat(batch.classes(0)).containsOnly(0);
        assertThat(batch.values(1)).containsOnly(Float.NaN);
      }
    }
  }

  @Test
  void aBoxOverTheEdgeIsCutOff() {
    LabeledBox object = new LabeledBox(new Box(0.2f, 0.6f, 0.4f, 1), 1);
    var byTenth = new dev.detent.runtime.data.Movement(1, 0, 0, 0, 1, 0.1);
    Box cut = object.moved(byTenth).orElseThrow().box();
    assertThat(cut.left()).isCloseTo(0.7f, within(1e-6f));
    assertThat(cut.right()).isEqualTo(1);
    assertThat(object.moved(byTenth).orElseThrow().label()).isEqualTo(1);
  }

  @Test
  void whatCannotMoveAlongIsRefused() {
    for (AnchorMatching matching : List.of(AnchorMatching.ssd(), AnchorMatching.retinaNet())) {
      Batches one = Batches.of(pictures(matching, false), 8);
      Augmentation unknown = (image, random) -> image.set(0, 0, 0, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> one.augmented(unknown))
          .withMessageContaining("a target has boxes around some of them");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> Batches.of(pictures(matching, true), 8).augmented(unknown.movingClassMaps()))
          .withMessageContaining("a target with boxes moves with one image");
    }
    Pictures pictures = pictures(AnchorMatching.retinaNet(), false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(pictures, 8).augmented(Augmentation.mixup(0.2)))
        .withMessageContaining("mixup and cutmix have no place for boxes");
    Dataset one = new Dataset(pictures.inputs().get(0), pictures.targets().get(0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ExampleStream.collect(ExampleStream.of(() -> List.of(one).iterator(), 8, 0), 8))
        .withMessageContaining("would not move with its image");
  }
}
