package dev.detent.runtime.internal.report;

import java.util.List;
import java.util.function.IntFunction;

/** Writes HTML: whatever is not markup is escaped. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turns
   */
  Html open(String tag, String... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      text.append('"');
    }
    text.append('>');
    return this;
  }

  /** Ends an element. */
  Html close(String tag) {
    text.append("</").append(tag).append(">\n");
    return this;
  }

  /** Text. */
  Html text(String content) {
    escape(content);
    return this;
  }

  /** An element that has text alone. */
  Html element(String tag, String content, String... attributes) {
    return open(tag, attributes).text(content).close(tag);
  }

  /** Begins a table that scrolls where it is too wide, with its header, and its body. */
  Html openTable(List<String> titles) {
    return open("div", "class", "scroll", "tabindex", "0").open("table").titles(titles);
  }

  /**
   * The same with a class for each column.
   *
   * @param ofColumn the class, or nothing
   */
  Html openTable(List<String> titles, IntFunction<String> ofColumn) {
    open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    for (int column = 0; column < titles.size(); column++) {
      element("th", titles.get(column), "scope", "col", "class", ofColumn.apply(column));
    }
    return close("tr").close("thead").open("tbody");
  }

  /** The header of a table, and the beginning of its body. */
  Html titles(List<String> titles) {
    open("thead").open("tr");
    titles.forEach(title -> element("th", title, "scope", "col"));
    return close("tr").close("thead").open("tbody");
  }

  /** Ends a table that scrolls. */
  Html closeTable() {
    return close("tbody").close("table").close("div");
  }

  /** What is markup, or a script, already. */
  Html raw(String markup) {
    text.append(markup);
    return this;
  }

  private void escape(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
