package dev.detent.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table in plain text. Columns are as wide as they need to be; those of numbers are aligned to
 * the right, others to the left.
 *
 * <pre>
 * model           accuracy   size
 * --------------  --------  -----
 * float            98.20 %  85 KB
 * int8 in TFLite   98.10 %  24 KB
 * </pre>
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final String MISSING = "-";
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9][0-9.,_' ]*([eE][-+]?[0-9]+)?( ?[%a-zA-Zµ/]{1,5})?");

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<String> header) {
    this.header = header;
  }

  /**
   * Starts a table.
   *
   * @param columns the titles of its columns, at least one
   * @return the table, without rows
   */
  public static TextTable of(String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("a table has at least 1 column; there is 0");
    }
    return new TextTable(cells((Object[]) columns));
  }

  /**
   * Adds a row.
   *
   * @param cells its cells, at most as many as there are columns; the others, and null, are shown
   *     as "-"
   * @return this
   */
  public TextTable row(@Nullable Object... cells) {
    if (cells.length > header.size()) {
      throw new IllegalArgumentException(
          "the row " + Arrays.toString(cells) + " is longer than the header " + header);
    }
    List<String> row = new ArrayList<>(cells(cells));
    while (row.size() < header.size()) {
      row.add(MISSING);
    }
    rows.add(row);
    return this;
  }

  /** The titles of the columns. */
  public List<String> columns() {
    return List.copyOf(header);
  }

  /** The cells of each row, as many as there are columns. */
  public List<List<String>> rows() {
    return rows.stream().map(List::copyOf).toList();
  }

  private static List<String> cells(@Nullable Object... cells) {
    return Arrays.stream(cells)
        .map(cell -> cell == null ? MISSING : cell.toString().replaceAll("\\R", " "))
        .collect(Collectors.toList());
  }

  /**
   * Returns the table as lines of text, for a console.
   *
   * @return the lines, each ended by a newline, without trailing blanks
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int[] widths = widths();
    appendLine(text, header, widths);
    List<String> rule = Arrays.stream(widths).mapToObj("-"::repeat).toList();
    appendLine(text, rule, widths);
    rows.forEach(row -> appendLine(text, row, widths));
    return text.toString();
  }

  /**
   * Returns the table in Markdown.
   *
   * @return the lines, each ended by a newline
   */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder();
    appendMarkdown(text, header);
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      rule.add(isNumeric(column) ? "---:" : "---");
    }
    appendMarkdown(text, rule);
    rows.forEach(row -> appendMarkdown(text, row));
    return text.toString();
  }

  private static void appendMarkdown(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String blanks = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : GAP);
      line.append(isNumeric(column) ? blanks + cell : cell + blanks);
    }
    text.append(line.toString().stripTrailing()).append("\n");
  }

  private int[] widths() {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(header.get(column));
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /**
   * Whether a column holds numbers, with units or without, and at least one.
   *
   * @param column from 0
   */
  public boolean isNumeric(int column) {
    List<String> cells =
        rows.stream().map(row -> row.get(column)).filter(cell -> !cell.equals(MISSING)).toList();
    return !cells.isEmpty() && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
  }
}
