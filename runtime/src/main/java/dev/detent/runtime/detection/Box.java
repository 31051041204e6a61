package dev.detent.runtime.detection;

/**
 * A rectangle in shares of a picture's height and width: (0, 0) is the upper left corner, (1, 1)
 * the lower right one. The order is that of TensorFlow's box operations; a box may reach over the
 * edge.
 *
 * @param top the least y
 * @param left the least x
 * @param bottom the greatest y, at least {@code top}
 * @param right the greatest x, at least {@code left}
 */
public record Box(float top, float left, float bottom, float right) {

  /**
   * Checks the corners.
   *
   * @throws IllegalArgumentException if one is no number, or the box ends before it begins
   */
  public Box {
    if (!(bottom >= top && right >= left)
        || Float.isInfinite(bottom - top)
        || Float.isInfinite(right - left)) {
      throw new IllegalArgumentException(
          "box from (%s, %s) to (%s, %s): each must be a number, the end at least the beginning"
              .formatted(top, left, bottom, right));
    }
  }

  /** The box of a height and width around a center. */
  public static Box around(double centerY, double centerX, double height, double width) {
    return new Box(
        (float) (centerY - height / 2),
        (float) (centerX - width / 2),
        (float) (centerY + height / 2),
        (float) (centerX + width / 2));
  }

  /** In shares of the picture's height. */
  public double height() {
    return (double) bottom - top;
  }

  /** In shares of the picture's width. */
  public double width() {
    return (double) right - left;
  }

  /** Halfway between top and bottom. */
  public double centerY() {
    return ((double) top + bottom) / 2;
  }

  /** Halfway between left and right. */
  public double centerX() {
    return ((double) left + right) / 2;
  }

  /** {@code height * width}, a share of the picture's area. */
  public double area() {
    return height() * width();
  }

  /** The area that both boxes cover. */
  public double intersection(Box other) {
    double height = (double) Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double width = (double) Math.min(right, other.right) - Math.max(left, other.left);
    return Math.max(0, height) * Math.max(0, width);
  }

  /**
   * Intersection over union, the Jaccard index: {@code |A and B| / |A or B|}, 0 for boxes that are
   * apart, 1 for equal ones; 0 where both have no area.
   */
  public double iou(Box other) {
    double both = intersection(other);
    double either = area() + other.area() - both;
    return either > 0 ? both / either : 0;
  }

  /** The part that lies in the picture; of a box outside of it one without area, at its edge. */
  public Box clipped() {
    return new Box(clip(top), clip(left), clip(bottom), clip(right));
  }

  private static float clip(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
