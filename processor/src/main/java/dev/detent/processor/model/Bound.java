package dev.detent.processor.model;

/**
 * The values that an attribute may have.
 *
 * @param text for messages: {@code at least 1}
 * @param lowest the lowest value
 * @param lowestAllowed whether it is one of them
 * @param highest the highest value
 * @param highestAllowed whether it is one of them
 * @param zeroAllowed whether 0 is one of them, where it lies between the two
 */
public record Bound(
    String text,
    double lowest,
    boolean lowestAllowed,
    double highest,
    boolean highestAllowed,
    boolean zeroAllowed) {

  /** A range without a gap. */
  public Bound(
      String text, double lowest, boolean lowestAllowed, double highest, boolean highestAllowed) {
    this(text, lowest, lowestAllowed, highest, highestAllowed, true);
  }

  /** Any finite number. */
  public static final Bound ANY =
      new Bound("finite", Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  static final Bound NON_ZERO =
      new Bound(
          "finite and not 0",
          Double.NEGATIVE_INFINITY,
          false,
          Double.POSITIVE_INFINITY,
          false,
          false);
  static final Bound NON_NEGATIVE =
      new Bound("finite and at least 0", 0, true, Double.POSITIVE_INFINITY, false);
  public static final Bound POSITIVE =
      new Bound("finite and above 0", 0, false, Double.POSITIVE_INFINITY, false);
  static final Bound SHARE = new Bound("at least 0 and below 1", 0, true, 1, false);

  /** A scale: the deployed file has it as a 32-bit float, and kernels want it normal. */
  public static final Bound SCALE =
      new Bound("a 32-bit float from 1.18e-38 to 3.4e38", Float.MIN_NORMAL, true, 3.4e38, true);

  /** Not below a number. */
  public static Bound atLeast(int lowest) {
    return new Bound("at least " + lowest, lowest, true, Double.POSITIVE_INFINITY, false);
  }

  /** One number: TFLite has no kernel for another. */
  static Bound only(int number) {
    return new Bound(
        number + ", the only value for which TFLite has a kernel", number, true, number, true);
  }

  /**
   * Whether a value is one of them, and still is as the 32-bit float that TensorFlow and TFLite
   * compute with; NaN is none.
   */
  public boolean allows(double value) {
    float single = (float) value;
    return holds(value) && holds(single) && Double.isInfinite(value) == Float.isInfinite(single);
  }

  /** {@link #text}, and how that is meant where a value holds and its 32-bit float does not. */
  public String textFor(double value) {
    return holds(value) ? text + " as a 32-bit float" : text;
  }

  private boolean holds(double value) {
    return (value > lowest || (lowestAllowed && value == lowest))
        && (value < highest || (highestAllowed && value == highest))
        && (value != 0 || zeroAllowed);
  }
}
