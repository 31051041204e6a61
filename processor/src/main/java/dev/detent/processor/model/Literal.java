package dev.detent.processor.model;

import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as they are written in code. */
public final class Literal {
  private Literal() {}

  /** A number, truth value, character or text of the user's, of the type that it has. */
  public static String of(Object value) {
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
  private static String ofText(String text) {
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
}
