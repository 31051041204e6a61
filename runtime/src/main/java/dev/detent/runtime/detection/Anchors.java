package dev.detent.runtime.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The boxes that a model knows beforehand, also called default or prior boxes: for each it answers
 * what is there, and how the object's box differs from it. Their order is that of the rows of the
 * model's outputs.
 *
 * @param boxes at least one, each with an area
 * @param coder how a box is told from an anchor
 */
public record Anchors(List<Box> boxes, BoxCoder coder) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is none, or one has no area
   */
  public Anchors {
    boxes = List.copyOf(boxes);
    Objects.requireNonNull(coder, "coder");
    if (boxes.isEmpty()) {
      throw new IllegalArgumentException("no anchors; at least one is needed");
    }
    for (Box box : boxes) {
      if (!(box.area() > 0)) {
        throw new IllegalArgumentException("anchor " + box + " has no area");
      }
    }
  }

  /**
   * What all places of a feature map have an anchor of.
   *
   * @param height as a share of the picture's, above 0
   * @param width as a share of the picture's, above 0
   */
  public record Shape(double height, double width) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Shape {
      if (!(height > 0 && width > 0)) {
        throw new IllegalArgumentException(
            "an anchor of height " + height + " and width " + width + "; both must be above 0");
      }
    }

    /**
     * That of an area and proportions: {@code width = scale * sqrt(ratio)}, {@code height = scale /
     * sqrt(ratio)} (Liu et al., 2016, section 2.2).
     *
     * @param scale the side of the square of the same area, as a share of the picture's, above 0
     * @param aspectRatio width over height, above 0
     */
    public static Shape of(double scale, double aspectRatio) {
      return new Shape(scale / Math.sqrt(aspectRatio), scale * Math.sqrt(aspectRatio));
    }
  }

  /**
   * Anchors around the centers of the places of a feature map, {@code ((row + 0.5) / rows, (column
   * + 0.5) / columns)}: row by row, at each place in the order of the shapes. That is the order in
   * which {@code @Reshape(shape = {rows * columns * shapes, values})} has what a convolution with
   * {@code shapes * values} filters answers. The coder is {@link BoxCoder#ssd()}.
   *
   * @param rows of the feature map, at least 1
   * @param columns of the feature map, at least 1
   * @param shapes at least one
   */
  public static Anchors grid(int rows, int columns, Shape... shapes) {
    if (rows < 1 || columns < 1 || shapes.length < 1) {
      throw new IllegalArgumentException(
          "%s shapes at %s by %s places; there must be one of each at least"
              .formatted(shapes.length, rows, columns));
    }
    List<Box> boxes = new ArrayList<>(rows * columns * shapes.length);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (Shape shape : shapes) {
          boxes.add(
              Box.around(
                  (row + 0.5) / rows, (column + 0.5) / columns, shape.height(), shape.width()));
        }
      }
    }
    return new Anchors(boxes, BoxCoder.ssd());
  }

  /**
   * SSD's anchors (Liu et al., 2016, section 2.2), one feature map after the other: with m maps,
   * map k of 1 to m has the scale {@code s(k) = smallest + (largest - smallest) * (k - 1) / (m -
   * 1)}, an anchor of it for each ratio, and a square one of {@code sqrt(s(k) * s(k + 1))}, where
   * {@code s(m + 1)} is 1.
   *
   * @param smallest the scale of the first map, above 0; the paper has 0.2
   * @param largest the scale of the last one; the paper has 0.9
   * @param aspectRatios width over height, above 0; the paper has 1, 2, 3, 1/2 and 1/3
   * @param sides rows, and columns, of each map, the finest first
   */
  public static Anchors ssd(
      double smallest, double largest, List<Double> aspectRatios, int... sides) {
    List<Box> boxes = new ArrayList<>();
    for (int k = 0; k < sides.length; k++) {
      double scale = scale(smallest, largest, k, sides.length);
      double next = scale(smallest, largest, k + 1, sides.length);
      List<Shape> shapes = new ArrayList<>();
      for (double ratio : aspectRatios) {
        shapes.add(Shape.of(scale, ratio));
      }
      shapes.add(Shape.of(Math.sqrt(scale * next), 1));
      boxes.addAll(grid(sides[k], sides[k], shapes.toArray(Shape[]::new)).boxes);
    }
    return new Anchors(boxes, BoxCoder.ssd());
  }

  private static double scale(double smallest, double largest, int k, int maps) {
    if (k == maps) {
      return 1;
    }
    return maps == 1 ? smallest : smallest + (largest - smallest) * k / (maps - 1);
  }

  /**
   * These anchors and then those of another feature map.
   *
   * @throws IllegalArgumentException if they have another coder
   */
  public Anchors then(Anchors next) {
    if (!next.coder.equals(coder)) {
      throw new IllegalArgumentException("anchors of two coders: " + coder + " and " + next.coder);
    }
    List<Box> all = new ArrayList<>(boxes);
    all.addAll(next.boxes);
    return new Anchors(all, coder);
  }

  /** The same boxes with another coder. */
  public Anchors with(BoxCoder other) {
    return new Anchors(boxes, other);
  }

  /** How many there are, at least 1. */
  public int size() {
    return boxes.size();
  }

  /** How many there are, and how a box is told from one. */
  @Override
  public String toString() {
    return size() + " anchors, " + coder;
  }
}
