package dev.detent.runtime.internal.tflite;

import java.util.List;

/** What a file can have in any number or length, as a message has room for it. */
public final class Shortened {
  private static final int SHOWN = 8;
  private static final int LONGEST = 200;

  private Shortened() {}

  /** The first of a list's elements. */
  public static String list(List<?> elements) {
    return elements.size() <= SHOWN
        ? elements.toString()
        : elements
            .subList(0, SHOWN)
            .toString()
            .replace("]", ", ... " + elements.size() + " in all]");
  }

  /** A name between quotes. */
  public static String quoted(String name) {
    return "'" + (name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...") + "'";
  }
}
