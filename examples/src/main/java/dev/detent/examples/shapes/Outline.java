package dev.detent.examples.shapes;

import dev.detent.runtime.detection.Box;
import java.util.SplittableRandom;

/** Which points a shape covers, in pixels. */
@FunctionalInterface
public interface Outline {
  /** A shape is large enough to be told from the others, as shares of the image's side. */
  double SMALLEST_RADIUS = 0.12;

  double LARGEST_RADIUS = 0.32;

  /** The least half height of a rectangle, as a share of its half width. */
  double FLATTEST = 0.45;

  /** How far a corner of a triangle goes from where a regular one has it, in radians. */
  double CORNER_TURN = 0.45;

  /** A box is found to a quarter of a pixel: points along each axis of a pixel. */
  int POINTS = 4;

  /** Whether a point lies inside. */
  boolean covers(double x, double y);

  /** A shape of that kind, anywhere in a square of that side, of any size and turn. */
  static Outline random(String kind, int side, SplittableRandom random) {
    double x = side * random.nextDouble(0.1, 0.9);
    double y = side * random.nextDouble(0.1, 0.9);
    double radius = side * random.nextDouble(SMALLEST_RADIUS, LARGEST_RADIUS);
    double turn = random.nextDouble(2 * Math.PI);
    return switch (kind) {
      case "circle" -> circle(x, y, radius);
      case "rectangle" -> rectangle(x, y, radius, radius * random.nextDouble(FLATTEST, 1), turn);
      case "triangle" -> triangle(x, y, radius, turn, random);
      default -> throw new IllegalArgumentException("there is no shape '" + kind + "'");
    };
  }

  /**
   * The box around what lies inside of a square.
   *
   * @param side of the square in pixels
   * @return in shares of the side; without area if nothing does
   */
  default Box bounds(int side) {
    int points = side * POINTS;
    int top = points;
    int left = points;
    int bottom = -1;
    int right = -1;
    for (int y = 0; y < points; y++) {
      for (int x = 0; x < points; x++) {
        if (covers((x + 0.5) / POINTS, (y + 0.5) / POINTS)) {
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y);
          right = Math.max(right, x);
        }
      }
    }
    return bottom < 0
        ? new Box(0, 0, 0, 0)
        : new Box(
            (float) top / points,
            (float) left / points,
            (float) (bottom + 1) / points,
            (float) (right + 1) / points);
  }

  private static Outline circle(double centerX, double centerY, double radius) {
    return (x, y) -> {
      double dx = x - centerX;
      double dy = y - centerY;
      return dx * dx + dy * dy <= radius * radius;
    };
  }

  private static Outline rectangle(
      double centerX, double centerY, double halfWidth, double halfHeight, double turn) {
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    return (x, y) -> {
      double dx = x - centerX;
      double dy = y - centerY;
      return Math.abs(dx * cos + dy * sin) <= halfWidth
          && Math.abs(dy * cos - dx * sin) <= halfHeight;
    };
  }

  private static Outline triangle(
      double centerX, double centerY, double radius, double turn, SplittableRandom random) {
    double[] xs = new double[3];
    double[] ys = new double[3];
    for (int i = 0; i < 3; i++) {
      double angle = turn + i * 2 * Math.PI / 3 + random.nextDouble(-CORNER_TURN, CORNER_TURN);
      xs[i] = centerX + radius * StrictMath.cos(angle);
      ys[i] = centerY + radius * StrictMath.sin(angle);
    }
    return (x, y) -> {
      // The corners go around in one direction, so a point inside is on the same side of all edges.
      for (int i = 0; i < 3; i++) {
        int next = (i + 1) % 3;
        double side = (xs[next] - xs[i]) * (y - ys[i]) - (ys[next] - ys[i]) * (x - xs[i]);
        if (side < 0) {
          return false;
        }
      }
      return true;
    };
  }
}
