package dev.detent.runtime.detection;

/**
 * A box as four numbers that say how it differs from an anchor, which is what a model answers (Liu
 * et al., 2016, section 2.2, after Girshick et al., 2014): with centers {@code (cy, cx)}, heights h
 * and widths w of the box and, with a prime, of the anchor,
 *
 * <pre>
 * y = yScale * (cy - cy') / h'        h = heightScale * log(h / h')
 * x = xScale * (cx - cx') / w'        w = widthScale * log(w / w')
 * </pre>
 *
 * in the order y, x, h, w: that of TensorFlow Lite's {@code TFLite_Detection_PostProcess}, whose
 * attributes of these names are the same scales. SSD's "variances" are their inverses.
 *
 * @param yScale above 0
 * @param xScale above 0
 * @param heightScale above 0
 * @param widthScale above 0
 */
public record BoxCoder(double yScale, double xScale, double heightScale, double widthScale) {
  /** The numbers of one box: {@value}. */
  public static final int VALUES = 4;

  /** Of the logarithm of a size over the anchor's: beyond it a box would not stay finite. */
  private static final double MOST_LOG = 20;

  /**
   * Checks the scales.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public BoxCoder {
    if (!(isScale(yScale) && isScale(xScale) && isScale(heightScale) && isScale(widthScale))) {
      throw new IllegalArgumentException(
          "scales %s, %s, %s and %s; each must be positive"
              .formatted(yScale, xScale, heightScale, widthScale));
    }
  }

  private static boolean isScale(double scale) {
    return scale > 0 && scale < Double.POSITIVE_INFINITY;
  }

  /** SSD's: 10 for centers and 5 for sizes, variances of 0.1 and 0.2. */
  public static BoxCoder ssd() {
    return new BoxCoder(10, 10, 5, 5);
  }

  /**
   * The numbers of a box.
   *
   * @param into where to, {@link #VALUES} floats
   * @param offset where in {@code into} the first goes
   * @throws IllegalArgumentException if box or anchor has no area, whose size has no logarithm
   */
  public void encode(Box box, Box anchor, float[] into, int offset) {
    if (!(box.height() > 0 && box.width() > 0 && anchor.height() > 0 && anchor.width() > 0)) {
      throw new IllegalArgumentException(
          box + " cannot be told from " + anchor + ": both must be higher and wider than 0");
    }
    into[offset] = (float) (yScale * (box.centerY() - anchor.centerY()) / anchor.height());
    into[offset + 1] = (float) (xScale * (box.centerX() - anchor.centerX()) / anchor.width());
    into[offset + 2] = (float) (heightScale * Math.log(box.height() / anchor.height()));
    into[offset + 3] = (float) (widthScale * Math.log(box.width() / anchor.width()));
  }

  /**
   * The box of such numbers, as they came from {@link #encode}.
   *
   * @param values of one box or more
   * @param offset where the first of the four is
   * @throws IllegalArgumentException if one is no number
   */
  public Box decode(float[] values, int offset, Box anchor) {
    return Box.around(
        anchor.centerY() + values[offset] / yScale * anchor.height(),
        anchor.centerX() + values[offset + 1] / xScale * anchor.width(),
        anchor.height() * Math.exp(Math.min(MOST_LOG, values[offset + 2] / heightScale)),
        anchor.width() * Math.exp(Math.min(MOST_LOG, values[offset + 3] / widthScale)));
  }
}
