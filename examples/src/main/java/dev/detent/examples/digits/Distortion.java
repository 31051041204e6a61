package dev.detent.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What sets one person's digit apart from another's: uneven points, bends, slant, turn,
 * proportions, size and place. Drawn once for a digit, applied to all of its strokes.
 */
final class Distortion {
  private static final double POINT_JITTER = 0.028;
  private static final double BEND = 0.036;
  private static final double TURN = 0.11;
  private static final double SLANT = 0.15;
  private static final double HEIGHT_PIXELS = 18.5;
  private static final double WIDTH_PIXELS = 15.5;
  private static final double SIZE_SPREAD = 0.09;
  private static final double SHIFT_PIXELS = 0.8;
  private static final double MARGIN_PIXELS = 1.5;
  private static final int STEPS = 8;

  private final SplittableRandom random;
  private final double[] bends = new double[6];
  private final double[][] matrix;
  private final double[] shift;

  Distortion(SplittableRandom random) {
    this.random = random;
    for (int i = 0; i < 6; i += 3) {
      bends[i] = BEND * gaussian(random);
      bends[i + 1] = 2 + 4 * random.nextDouble();
      bends[i + 2] = 2 * Math.PI * random.nextDouble();
    }
    double height = HEIGHT_PIXELS * StrictMath.exp(SIZE_SPREAD * gaussian(random));
    double width = WIDTH_PIXELS * StrictMath.exp(1.6 * SIZE_SPREAD * gaussian(random));
    double turn = TURN * gaussian(random);
    double slant = SLANT * gaussian(random);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    // Slant (x grows towards the top) and stretch, then turn.
    this.matrix =
        new double[][] {
          {cos * width, -cos * slant * height - sin * height},
          {sin * width, -sin * slant * height + cos * height}
        };
    this.shift = new double[] {SHIFT_PIXELS * gaussian(random), SHIFT_PIXELS * gaussian(random)};
  }

  /** About normally distributed with a deviation of 1, never beyond 3; the same on any machine. */
  static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return Math.max(-3, Math.min(3, sum));
  }

  /** Curves in pixels from strokes around the origin, moved so that they stay inside. */
  List<double[][]> apply(List<double[][]> strokes) {
    List<double[][]> curves = new ArrayList<>();
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[][] stroke : strokes) {
      jitter(stroke);
      double[][] curve = smooth(stroke);
      for (double[] point : curve) {
        place(point);
        for (int axis = 0; axis < 2; axis++) {
          low[axis] = Math.min(low[axis], point[axis]);
          high[axis] = Math.max(high[axis], point[axis]);
        }
      }
      curves.add(curve);
    }
    double most = DrawnDigits.SIZE - 2 * MARGIN_PIXELS;
    for (int axis = 0; axis < 2; axis++) {
      double extent = high[axis] - low[axis];
      double scale = extent > most ? most / extent : 1;
      double middle = DrawnDigits.SIZE / 2.0 + shift[axis];
      double room = Math.max(0, (most - extent * scale) / 2);
      double limited =
          Math.max(DrawnDigits.SIZE / 2.0 - room, Math.min(DrawnDigits.SIZE / 2.0 + room, middle));
      double center = (low[axis] + high[axis]) / 2;
      for (double[][] curve : curves) {
        for (double[] point : curve) {
          point[axis] = (point[axis] - center) * scale + limited;
        }
      }
    }
    return curves;
  }

  /** Moves each point by itself; corners, which are given twice, stay corners. */
  private void jitter(double[][] stroke) {
    double[] before = null;
    double[] moved = null;
    for (double[] point : stroke) {
      double[] original = point.clone();
      if (before != null && before[0] == original[0] && before[1] == original[1]) {
        point[0] = moved[0];
        point[1] = moved[1];
      } else {
        point[0] += POINT_JITTER * gaussian(random);
        point[1] += POINT_JITTER * gaussian(random);
      }
      before = original;
      moved = point;
    }
  }

  /** A Catmull-Rom spline through the points. */
  private static double[][] smooth(double[][] points) {
    List<double[]> curve = new ArrayList<>();
    curve.add(points[0].clone());
    for (int i = 0; i + 1 < points.length; i++) {
      double[] a = points[Math.max(0, i - 1)];
      double[] b = points[i];
      double[] c = points[i + 1];
      double[] d = points[Math.min(points.length - 1, i + 2)];
      if (b[0] == c[0] && b[1] == c[1]) {
        continue;
      }
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        double[] point = new double[2];
        for (int axis = 0; axis < 2; axis++) {
          double linear = c[axis] - a[axis];
          double square = 2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis];
          double cube = -a[axis] + 3 * b[axis] - 3 * c[axis] + d[axis];
          point[axis] = b[axis] + 0.5 * t * (linear + t * (square + t * cube));
        }
        curve.add(point);
      }
    }
    return curve.toArray(double[][]::new);
  }

  private void place(double[] point) {
    double x = point[0] + bends[0] * StrictMath.sin(bends[1] * point[1] + bends[2]);
    double y = point[1] + bends[3] * StrictMath.sin(bends[4] * point[0] + bends[5]);
    point[0] = matrix[0][0] * x + matrix[0][1] * y;
    point[1] = matrix[1][0] * x + matrix[1][1] * y;
  }
}
