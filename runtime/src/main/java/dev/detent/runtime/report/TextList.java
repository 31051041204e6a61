package dev.detent.runtime.report;

import java.util.List;

/** Sentences as a list for the console: one item each, in lines of 80 columns at most. */
public final class TextList {
  private static final int COLUMNS = 80;
  private static final String BULLET = "- ";

  private TextList() {}

  /**
   * The items, in the order given.
   *
   * @return the lines, each ended by a newline; a word that is longer than a line stays whole
   */
  public static String of(List<String> items) {
    StringBuilder text = new StringBuilder();
    items.forEach(item -> wrap(text, BULLET, item));
    return text.toString();
  }

  /**
   * A text without a bullet.
   *
   * @return the lines, each ended by a newline
   */
  public static String paragraph(String sentences) {
    StringBuilder text = new StringBuilder();
    wrap(text, "", sentences);
    return text.toString();
  }

  private static void wrap(StringBuilder text, String bullet, String item) {
    String indent = bullet;
    int column = 0;
    for (String word : item.strip().split("\\s+")) {
      if (column > 0 && column + 1 + word.length() > COLUMNS) {
        text.append('\n');
        column = 0;
      }
      String before = column > 0 ? " " : indent;
      text.append(before).append(word);
      column += before.length() + word.length();
      indent = " ".repeat(bullet.length());
    }
    text.append('\n');
  }
}
