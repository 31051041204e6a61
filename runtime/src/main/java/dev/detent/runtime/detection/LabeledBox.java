package dev.detent.runtime.detection;

import dev.detent.runtime.data.Movement;
import java.util.Objects;
import java.util.Optional;

/**
 * An object that a picture shows.
 *
 * @param box where
 * @param label its class, 1 or more: 0 is the background
 */
public record LabeledBox(Box box, int label) {

  /**
   * Checks the class.
   *
   * @throws IllegalArgumentException if it is the background's or negative
   */
  public LabeledBox {
    Objects.requireNonNull(box, "box");
    if (label < 1) {
      throw new IllegalArgumentException(
          "an object of class " + label + "; objects have 1 and more, 0 is the background");
    }
  }

  /**
   * The object in a picture whose content has moved: the part inside of it of the box around the
   * moved corners. Empty if its center has left the picture (Liu et al., 2016, section 2.2, on
   * patches).
   */
  public Optional<LabeledBox> moved(Movement movement) {
    double top = Double.POSITIVE_INFINITY;
    double left = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (int corner = 0; corner < 4; corner++) {
      double y = corner < 2 ? box.top() : box.bottom();
      double x = corner % 2 == 0 ? box.left() : box.right();
      double newY = movement.y(y, x);
      double newX = movement.x(y, x);
      top = Math.min(top, newY);
      left = Math.min(left, newX);
      bottom = Math.max(bottom, newY);
      right = Math.max(right, newX);
    }
    double centerY = (top + bottom) / 2;
    double centerX = (left + right) / 2;
    if (!(centerY >= 0 && centerY <= 1 && centerX >= 0 && centerX <= 1)) {
      return Optional.empty(); // nor if it is no number, where an image was made flat
    }
    Box inside = new Box((float) top, (float) left, (float) bottom, (float) right).clipped();
    return inside.area() > 0 ? Optional.of(new LabeledBox(inside, label)) : Optional.empty();
  }
}
