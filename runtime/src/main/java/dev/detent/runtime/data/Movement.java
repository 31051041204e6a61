package dev.detent.runtime.data;

/**
 * How an {@link Augmentation} has moved the content of an image: what was at {@code (y, x)} is at
 *
 * <pre>(yy * y + yx * x + down, xy * y + xx * x + right)</pre>
 *
 * now, in shares of height and width: (0, 0) is the upper left corner, (1, 1) the lower right one.
 *
 * @param yy of the new y by the old one
 * @param yx of the new y by the old x
 * @param down what is added to y
 * @param xy of the new x by the old y
 * @param xx of the new x by the old one
 * @param right what is added to x
 */
public record Movement(double yy, double yx, double down, double xy, double xx, double right) {
  /** Everything stays where it was. */
  public static final Movement NONE = new Movement(1, 0, 0, 0, 1, 0);

  static final Movement LEFT_TO_RIGHT = new Movement(1, 0, 0, 0, -1, 1);
  static final Movement TOP_TO_BOTTOM = new Movement(-1, 0, 1, 0, 1, 0);

  /** The new y of what was at a place. */
  public double y(double y, double x) {
    return yy * y + yx * x + down;
  }

  /** The new x of what was at a place. */
  public double x(double y, double x) {
    return xy * y + xx * x + right;
  }

  /** This movement and then another one. */
  Movement then(Movement next) {
    return new Movement(
        next.yy * yy + next.yx * xy,
        next.yy * yx + next.yx * xx,
        next.y(down, right),
        next.xy * yy + next.xx * xy,
        next.xy * yx + next.xx * xx,
        next.x(down, right));
  }
}
