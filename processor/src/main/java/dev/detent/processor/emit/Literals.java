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
    return number > Integer.MAX_VALUE ? text + "L" : text;
  }

  /** A number, truth value or character of the user's, of the type that it has. */
  static String ofConstant(Object value) {
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof Byte || value instanceof Short) {
      return "(" + (value instanceof Byte ? "byte" : "short") + ") " + value;
    }
    if (value instanceof Character character) {
      if (character < ' ' || character > '~') {
        return "(char) " + (int) character;
      }
      return character == '\'' || character == '\\'
          ? "'\\" + character + "'"
          : "'" + character + "'";
    }
    if (value instanceof Float || value instanceof Double) {
      return ofFloating((Number) value);
    }
    return String.valueOf(value);
  }

  private static String ofFloating(Number value) {
    String type = value instanceof Float ? "Float" : "Double";
    double number = value.doubleValue();
    if (Double.isNaN(number)) {
      return type + ".NaN";
    }
    if (Double.isInfinite(number)) {
      return type + (number > 0 ? ".POSITIVE_INFINITY" : ".NEGATIVE_INFINITY");
    }
    return value + (value instanceof Float ? "f" : "");
  }

  /** A scale: {@code 1.0 / 256} rather than what that is. */
  static String ofScale(double scale) {
    double inverse = 1 / scale;
    return inverse >= 1 && inverse == Math.rint(inverse)
        ? "1.0 / " + (long) inverse
        : Double.toString(scale);
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
