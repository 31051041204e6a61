package dev.detent.examples.digits;

import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.data.TrainTest;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Handwritten digits that this program draws itself, so that the example needs no download: {@code
 * [28, 28, 1]}, white on black, bytes with a scale of 1/255.
 *
 * <p>Each digit starts from one of several ways to write it ({@link Handwriting}). Its points are
 * moved one by one, then bent, turned, slanted, stretched and shifted as a whole; it is drawn with
 * a pen of varying width and pressure that skips now and then, blurred, and made noisy. A small
 * convolutional network gets some 97 to 99.5 % of them right.
 *
 * <p>The same seed draws the same digits on every machine, however many are asked for.
 */
public final class DrawnDigits {
  /** Width and height of a digit in pixels. */
  public static final int SIZE = 28;

  private static final int CLASSES = 10;
  private static final long STRIDE = 0xd1342543de82ef95L;

  private DrawnDigits() {}

  /**
   * Draws digits to train on and others to test with.
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
      throw new IllegalArgumentException("the number of digits is " + count + "; at least 1");
    }
    byte[][] images = new byte[count][];
    int[] classes = new int[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              classes[i] = i % CLASSES;
              images[i] = drawOne(classes[i], new SplittableRandom(start + i * STRIDE));
            });
    return new Dataset(
        Features.bytes(images, SIZE, SIZE, 1).scaled(1f / 255), Targets.classes(classes, CLASSES));
  }

  private static byte[] drawOne(int digit, SplittableRandom random) {
    Pen pen = new Pen(SIZE, random);
    for (double[][] stroke : new Distortion(random).apply(Handwriting.strokes(digit, random))) {
      pen.draw(stroke);
    }
    return pen.finish();
  }
}
