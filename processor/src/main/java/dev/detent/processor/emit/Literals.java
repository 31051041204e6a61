package dev.detent.processor.emit;

import java.util.Locale;

/** Numbers as a person would write them. */
final class Literals {
  private static final long GROUPED_FROM = 10_000;

  private Literals() {}

  /** {@code 1_000_000}; {@code 3_000_000_000L}. */
  static String of(long number) {
    String text =
        Math.abs(number) < GROUPED_FROM ? Long.toString(number) : inText(number).replace(',', '_');
    return number == (int) number ? text : text + "L";
  }

  /** A scale: {@code 1.0 / 256} rather than what that is. */
  static String ofScale(double scale) {
    double inverse = 1 / scale;
    return inverse >= 1 && inverse == (int) inverse && 1 / inverse == scale
        ? "1.0 / " + (int) inverse
        : of(scale);
  }

  /** {@code 6}, {@code 4.5}. */
  static String ofBound(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < GROUPED_FROM
        ? Long.toString((long) bound)
        : of(bound);
  }

  /** {@code 1,000,000}, for comments. */
  static String inText(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 0.001}, {@code 1e-4}. */
  static String of(double number) {
    return Double.toString(number).replace(".0E", "e").replace("E", "e");
  }
}
