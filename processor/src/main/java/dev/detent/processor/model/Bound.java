package dev.detent.processor.model;

/**
 * The values that an attribute may have.
 *
 * @param text for messages: {@code at least 1}
 * @param lowest the lowest value
 * @param lowestAllowed whether it is one of them
 * @param highest the highest value
 * @param highestAllowed whether it is one of them
 */
public record Bound(
    String text, double lowest, boolean lowestAllowed, double highest, boolean highestAllowed) {

  /** Any finite number. */
  public static final Bound ANY =
      new Bound("finite", Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  /** Not below a number. */
  public static Bound atLeast(int lowest) {
    return new Bound("at least " + lowest, lowest, true, Double.POSITIVE_INFINITY, false);
  }

  /** Finite and not below zero. */
  public static Bound nonNegative() {
    return new Bound("finite and at least 0", 0, true, Double.POSITIVE_INFINITY, false);
  }

  /** Finite and above zero. */
  public static Bound positive() {
    return new Bound("finite and above 0", 0, false, Double.POSITIVE_INFINITY, false);
  }

  /** At least 0 and below 1. */
  public static Bound share() {
    return new Bound("at least 0 and below 1", 0, true, 1, false);
  }

  /** Whether a value is one of them; NaN is none. */
  public boolean allows(double value) {
    return (value > lowest || (lowestAllowed && value == lowest))
        && (value < highest || (highestAllowed && value == highest));
  }
}
