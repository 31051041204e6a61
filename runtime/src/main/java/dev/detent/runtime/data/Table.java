package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of text under named columns, as {@link Csv} reads them. {@link FeatureSpace} makes of them
 * what a model reads.
 */
public final class Table {
  private final String source;
  private final List<String> columns;
  private final String[][] rows;
  private final long[] lines;

  Table(String source, List<String> columns, String[][] rows, long[] lines) {
    this.source = source;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.lines = lines;
  }

  /** The number of rows. */
  public int size() {
    return rows.length;
  }

  /** The names of the columns, in their order, none of them twice. */
  public List<String> columns() {
    return columns;
  }

  /**
   * One field, empty where there is nothing.
   *
   * @param row 0 to {@link #size()} less 1
   * @throws DataException if there is no such column
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public String get(int row, String column) {
    return get(row, column(column));
  }

  String get(int row, int column) {
    return rows[Checks.index(row, rows.length)][column];
  }

  /** Where a column stands. */
  int column(String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw new DataException(
          "%s has no column '%s'; there are %s"
              .formatted(source, name, String.join(", ", columns)));
    }
    return column;
  }

  /** How messages call a row: the file and the line. */
  String describe(int row) {
    return source + ", line " + lines[row];
  }

  /**
   * Some of the rows.
   *
   * @param indices the rows, in the order wanted; they may repeat
   * @throws IndexOutOfBoundsException if one of the indices is not below {@link #size()}
   */
  public Table subset(int... indices) {
    Checks.indices(indices, size());
    return new Table(
        source,
        columns,
        Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(String[][]::new),
        Arrays.stream(indices).mapToLong(i -> lines[i]).toArray());
  }

  /**
   * Splits the rows at random into some to train on and some to test with. What is learned from
   * data, as a mean, is to be learned from the first of them alone.
   *
   * @param fraction the share of rows to train on, above 0 and below 1
   * @param seed what decides which; the same seed splits in the same way
   * @throws DataException if there are too few rows for two parts
   */
  public ExampleSet.Parts<Table> split(double fraction, long seed) {
    Shuffle.Split split = Shuffle.split(size(), fraction, seed);
    record Both(Table train, Table test) implements ExampleSet.Parts<Table> {}
    return new Both(subset(split.train()), subset(split.test()));
  }

  @Override
  public String toString() {
    return source + ": " + size() + " rows of " + String.join(", ", columns);
  }
}
