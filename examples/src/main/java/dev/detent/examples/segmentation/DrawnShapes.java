package dev.detent.examples.segmentation;

import dev.detent.examples.shapes.Canvas;
import dev.detent.examples.shapes.Outline;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.data.TrainTest;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Circles, rectangles and triangles that this program draws itself, with the class of every pixel:
 * images of {@code [48, 48, 3]}, bytes with a scale of 1/255.
 *
 * <p>One to four shapes lie over one another and over the edge, each of its own size, turn and
 * proportions, of a color that may be close to that of the background; background and shapes get
 * darker along a direction of their own, and noise of varying strength lies over all.
 *
 * <p>The same seed draws the same images on every machine, however many are asked for.
 */
public final class DrawnShapes {
  /** Width and height of an image in pixels. */
  public static final int SIZE = 48;

  /** What a pixel can show; its class is the place in this list. */
  public static final List<String> CLASSES =
      List.of("background", "circle", "rectangle", "triangle");

  private static final int MOST_SHAPES = 4;
  private static final long STRIDE = 0xd1342543de82ef95L;

  private DrawnShapes() {}

  /**
   * Draws images to train on and others to test with.
   *
   * @param trainCount how many to train on, at least 1
   * @param testCount how many to test with, at least 1
   * @param seed what decides how they look
   * @return both; what is drawn for one is independent of what is drawn for the other
   */
  public static TrainTest draw(int trainCount, int testCount, long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    return new TrainTest(
        drawFrom(trainCount, seeds.nextLong()), drawFrom(testCount, seeds.nextLong()));
  }

  private static Dataset drawFrom(int count, long start) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of images is " + count + "; at least 1");
    }
    byte[][] images = new byte[count][];
    byte[][] classes = new byte[count][];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              Canvas canvas = drawOne(new SplittableRandom(start + i * STRIDE));
              images[i] = canvas.pixels();
              classes[i] = canvas.classes();
            });
    return new Dataset(
        Features.bytes(images, SIZE, SIZE, 3).scaled(1f / 255),
        Targets.classMaps(classes, CLASSES, SIZE, SIZE));
  }

  private static Canvas drawOne(SplittableRandom random) {
    Canvas canvas = new Canvas(SIZE, random);
    int shapes = 1 + random.nextInt(MOST_SHAPES);
    for (int i = 0; i < shapes; i++) {
      int kind = 1 + random.nextInt(CLASSES.size() - 1);
      canvas.fill(Outline.random(CLASSES.get(kind), SIZE, random), kind);
    }
    canvas.addNoise();
    return canvas;
  }
}
