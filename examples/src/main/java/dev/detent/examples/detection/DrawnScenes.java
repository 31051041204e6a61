package dev.detent.examples.detection;

import dev.detent.examples.shapes.Canvas;
import dev.detent.examples.shapes.Outline;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.detection.Box;
import dev.detent.runtime.detection.DetectionTargets;
import dev.detent.runtime.detection.LabeledBox;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Pictures of circles, rectangles and triangles that this program draws itself, with a box around
 * each: images of {@code [48, 48, 3]}, bytes with a scale of 1/255.
 *
 * <p>One to three shapes, each of its own size, turn, proportions and color, may reach over the
 * edge and hide a little of one another; noise lies over all. The same seed draws the same pictures
 * on every machine, however many are asked for.
 *
 * @param images what a model sees
 * @param objects what each of them shows
 */
public record DrawnScenes(Features images, List<List<LabeledBox>> objects) {
  /** Width and height of an image in pixels. */
  public static final int SIZE = 48;

  /** What a box can hold, behind the background; its class is the place in this list. */
  public static final List<String> CLASSES =
      List.of("background", "circle", "rectangle", "triangle");

  private static final int MOST_SHAPES = 3;
  private static final int TRIES = 20;

  /** Boxes of two shapes overlap by this at most, so that neither is hidden. */
  private static final double MOST_OVERLAP = 0.1;

  /** What is left of a shape that reaches over the edge is at least so high and wide. */
  private static final double LEAST_SIDE = 0.2;

  private static final long STRIDE = 0xd1342543de82ef95L;

  /**
   * Draws pictures.
   *
   * @param count how many, at least 1
   * @param seed what decides how they look
   */
  public static DrawnScenes draw(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of pictures is " + count + "; at least 1");
    }
    long start = new SplittableRandom(seed).nextLong();
    byte[][] images = new byte[count][];
    List<List<LabeledBox>> objects = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> objects.add(new ArrayList<>()));
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> images[i] = drawOne(new SplittableRandom(start + i * STRIDE), objects.get(i)));
    return new DrawnScenes(Features.bytes(images, SIZE, SIZE, 3).scaled(1f / 255), objects);
  }

  private static byte[] drawOne(SplittableRandom random, List<LabeledBox> objects) {
    Canvas canvas = new Canvas(SIZE, random);
    int shapes = 1 + random.nextInt(MOST_SHAPES);
    for (int i = 0; i < TRIES && objects.size() < shapes; i++) {
      int label = 1 + random.nextInt(CLASSES.size() - 1);
      Outline outline = Outline.random(CLASSES.get(label), SIZE, random);
      Box box = outline.bounds(SIZE);
      boolean isVisible =
          box.height() >= LEAST_SIDE
              && box.width() >= LEAST_SIDE
              && objects.stream().allMatch(other -> other.box().iou(box) <= MOST_OVERLAP);
      if (isVisible) {
        canvas.fill(outline, label);
        objects.add(new LabeledBox(box, label));
      }
    }
    canvas.addNoise();
    return canvas.pixels();
  }

  /** The pictures with what a {@link ShapeDetector} is to answer. */
  public ShapeDetectorModel.Data data() {
    DetectionTargets targets = DetectionTargets.of(objects, CLASSES, ShapeDetector.ANCHORS);
    return new ShapeDetectorModel.Data(images, targets.scores(), targets.boxes());
  }
}
