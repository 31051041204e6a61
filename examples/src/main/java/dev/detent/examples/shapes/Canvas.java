package dev.detent.examples.shapes;

import java.util.SplittableRandom;

/** A square image in red, green and blue, with the class of each of its pixels. */
public final class Canvas {
  private static final int CHANNELS = 3;

  /** The least distance of a shape's color from the background's: the sum over the channels. */
  private static final double LEAST_CONTRAST = 0.35;

  /** How much darker or brighter a surface gets from its middle to the image's edge, at most. */
  private static final double SHADE = 0.25;

  /** The standard deviation of the noise, at most, where 1 is white. */
  private static final double MOST_NOISE = 0.1;

  /** Each pixel is the mean over so many points along each axis, so that edges are smooth. */
  private static final int POINTS = 3;

  private final int side;
  private final SplittableRandom random;
  private final double[] background;
  private final double[] values;
  private final byte[] classes;

  /**
   * An image with a background, of class 0.
   *
   * @param side its height and width in pixels
   * @param random what decides how all of it looks
   */
  public Canvas(int side, SplittableRandom random) {
    this.side = side;
    this.random = random;
    values = new double[side * side * CHANNELS];
    classes = new byte[side * side];
    background = color();
    paint((x, y) -> true, background, 0);
  }

  private double[] color() {
    return random.doubles(CHANNELS, 0.1, 0.9).toArray();
  }

  /** Draws a shape of a class over what is there, in a color that is not the background's. */
  public void fill(Outline outline, int kind) {
    double[] color = color();
    while (contrast(color) < LEAST_CONTRAST) {
      color = color();
    }
    paint(outline, color, kind);
  }

  private double contrast(double... color) {
    double sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      sum += Math.abs(color[c] - background[c]);
    }
    return sum;
  }

  private void paint(Outline outline, double[] color, int kind) {
    double direction = random.nextDouble(2 * Math.PI);
    double shade = random.nextDouble(SHADE);
    double alongX = shade * StrictMath.cos(direction);
    double alongY = shade * StrictMath.sin(direction);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double covered = share(outline, x, y);
        if (covered > 0) {
          double bright = alongX * (2.0 * x / side - 1) + alongY * (2.0 * y / side - 1);
          int pixel = y * side + x;
          for (int c = 0; c < CHANNELS; c++) {
            int at = pixel * CHANNELS + c;
            values[at] += covered * (color[c] + bright - values[at]);
          }
          if (covered >= 0.5) {
            classes[pixel] = (byte) kind;
          }
        }
      }
    }
  }

  /** Of a pixel's points, the share that a shape covers. */
  private static double share(Outline outline, int x, int y) {
    int covered = 0;
    for (int i = 0; i < POINTS * POINTS; i++) {
      double dx = (i % POINTS + 0.5) / POINTS;
      double dy = (i / POINTS + 0.5) / POINTS;
      covered += outline.covers(x + dx, y + dy) ? 1 : 0;
    }
    return (double) covered / (POINTS * POINTS);
  }

  /** Adds noise to all values, each by itself, of one strength. */
  public void addNoise() {
    double strength = random.nextDouble(MOST_NOISE);
    for (int i = 0; i < values.length; i++) {
      values[i] += strength * random.nextGaussian();
    }
  }

  /** The image, three bytes a pixel, row by row. */
  public byte[] pixels() {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[i])));
    }
    return pixels;
  }

  /** The class of each pixel, row by row. */
  public byte[] classes() {
    return classes;
  }
}
