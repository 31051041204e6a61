package dev.detent.examples.digits;

import java.util.SplittableRandom;

/** Draws curves into a square gray image. One pen for one digit. */
final class Pen {
  private static final double THINNEST = 0.7;
  private static final double THICKEST = 1.8;
  private static final double SKIP_CHANCE = 0.1;
  private static final double SPECK_CHANCE = 0.06;

  private final int size;
  private final SplittableRandom random;
  private final double[] ink;
  private final double radius;
  private final double softness;
  private final double unevenness;
  private final double phase;

  Pen(int size, SplittableRandom random) {
    this.size = size;
    this.random = random;
    this.ink = new double[size * size];
    double uniform = random.nextDouble();
    this.radius = THINNEST + (THICKEST - THINNEST) * (0.6 * uniform + 0.4 * uniform * uniform);
    this.softness = 0.9 + 0.9 * random.nextDouble();
    this.unevenness = 0.35 * random.nextDouble();
    this.phase = 2 * Math.PI * random.nextDouble();
  }

  /** Draws one curve, {@code x, y} in pixels. */
  void draw(double[][] curve) {
    int skipFrom = curve.length;
    int skipTo = curve.length;
    if (random.nextDouble() < SKIP_CHANCE) {
      skipFrom = random.nextInt(curve.length);
      skipTo = skipFrom + 1 + random.nextInt(3);
    }
    for (int i = 0; i + 1 < curve.length; i++) {
      if (i < skipFrom || i >= skipTo) {
        double pressure = 1 + unevenness * StrictMath.sin(phase + 0.13 * i);
        segment(curve[i], curve[i + 1], radius * pressure);
      }
    }
  }

  /** Inks what lies within the radius of a straight line, with soft edges. */
  private void segment(double[] from, double[] to, double thickness) {
    double reach = thickness + softness / 2;
    int left = Math.max(0, (int) Math.floor(Math.min(from[0], to[0]) - reach));
    int right = Math.min(size - 1, (int) Math.ceil(Math.max(from[0], to[0]) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(from[1], to[1]) - reach));
    int bottom = Math.min(size - 1, (int) Math.ceil(Math.max(from[1], to[1]) + reach));
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double length = Math.max(1e-9, dx * dx + dy * dy);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - from[0];
        double py = y + 0.5 - from[1];
        double along = Math.max(0, Math.min(1, (px * dx + py * dy) / length));
        double restX = px - along * dx;
        double restY = py - along * dy;
        double distance = Math.sqrt(restX * restX + restY * restY);
        double covered = Math.max(0, Math.min(1, (thickness - distance) / softness + 0.5));
        ink[y * size + x] = Math.max(ink[y * size + x], covered);
      }
    }
  }

  /** The image: contrast and noise added, 0 to 255. */
  byte[] finish() {
    if (random.nextDouble() < SPECK_CHANCE) {
      speck();
    }
    double brightness = 0.7 + 0.35 * random.nextDouble();
    double noise = 0.045 * random.nextDouble();
    byte[] pixels = new byte[size * size];
    for (int i = 0; i < pixels.length; i++) {
      double value = Math.min(1, brightness * ink[i]);
      if (value > 0.01) {
        value += 2 * noise * Distortion.gaussian(random);
      } else {
        // Paper is cleaner than ink is even.
        value += Math.max(0, noise * (2 * random.nextDouble() - 1.2));
      }
      pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
    return pixels;
  }

  /** A short stray line. */
  private void speck() {
    double[] from = {size * random.nextDouble(), size * random.nextDouble()};
    double[] to = {
      from[0] + 2 * Distortion.gaussian(random), from[1] + 2 * Distortion.gaussian(random)
    };
    segment(from, to, 0.8 * radius);
  }
}
