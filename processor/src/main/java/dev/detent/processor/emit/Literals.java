package dev.detent.processor.emit;

import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and texts as a person would write them. */
final class Literals {
  private static final long GROUPED_FROM = 10_000;

  private Literals() {}

  /** {@code 1_000_000}; {@code 3_000_000_000L}. */
  static String of(long number) {
    String text =
        Math.abs(number) < GROUPED_FROM ? Long.toString(number) : inText(number).replace(',', '_');
    return number == (int) number ? text : text + "L";
  }

  /** A number, truth value, character or text of the user's, of the type that it has. */
  static String ofConstant(Object value) {
    if (value instanceof String text) {
      return ofText(text);
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof Byte || value instanceof Short) {
      return "(" + (value instanceof Byte ? "byte" : "short") + ") " + value;
    }
    if (value instanceof Character character) {
      return "'" + escaped(character, '\'') + "'";
    }
    return value instanceof Float || value instanceof Double
        ? ofFloating((Number) value)
        : String.valueOf(value);
  }

  /** What is no number is written as what comes to it, as no class of that name may be in sight. */
  private static String ofFloating(Number value) {
    double number = value.doubleValue();
    String suffix = value instanceof Float ? "f" : "";
    if (Double.isFinite(number)) {
      return value + suffix;
    }
    String above = Double.isNaN(number) ? "0.0" : number > 0 ? "1.0" : "-1.0";
    return above + suffix + " / 0.0" + suffix;
  }

  /**
   * A text in quotes, on one line and in ASCII: what encoding the compiler reads and writes sources
   * in is not known here.
   */
  static String ofText(String text) {
    return text.chars()
        .mapToObj(each -> escaped((char) each, '"'))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(char character, char quote) {
    if (character == quote || character == '\\') {
      return "\\" + character;
    }
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          character < ' ' || character > '~'
              ? String.format(Locale.ROOT, "\\u%04x", (int) character)
              : String.valueOf(character);
    };
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
