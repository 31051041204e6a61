package dev.detent.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One model in several forms, side by side: float, after post-training quantization, after
 * quantization-aware training, deployed.
 *
 * <pre>
 * model                    accuracy    against float         size    latency
 * -----------------------  --------  --------------  -----------  ---------
 * float                     98.20 %               -  9,876 bytes   0.120 ms
 * int8 in TFLite, XNNPACK   98.10 %     -0.10 points  4,321 bytes   0.040 ms
 * </pre>
 *
 * <p>Immutable. {@link JsonReport} takes it as it is.
 *
 * @param rows the forms, the first being what the others are compared with
 */
public record Comparison(List<Row> rows) {

  /** Copies the list. */
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * One form of the model.
   *
   * @param name what the user calls it
   * @param accuracy the share of right answers, 0 to 1
   * @param bytes the size of its file; null where it has none
   * @param latencyMillis the time for one example; null where it was not measured
   */
  public record Row(
      String name, double accuracy, @Nullable Long bytes, @Nullable Double latencyMillis) {
    /** Checks the name and the accuracy. */
    public Row {
      Objects.requireNonNull(name, "name");
      if (accuracy < 0 || accuracy > 1) {
        throw new IllegalArgumentException(
            "'" + name + "' has the accuracy " + accuracy + "; it must be from 0 to 1");
      }
    }

    /** A form that is not in a file. */
    public static Row of(String name, double accuracy) {
      return new Row(name, accuracy, null, null);
    }

    /** A form that is deployed. */
    public static Row of(String name, double accuracy, long bytes, double latencyMillis) {
      return new Row(name, accuracy, bytes, latencyMillis);
    }
  }

  /** Without rows. */
  public static Comparison empty() {
    return new Comparison(List.of());
  }

  /** The same with one more row. */
  public Comparison with(Row row) {
    List<Row> more = new ArrayList<>(rows);
    more.add(row);
    return new Comparison(more);
  }

  /** The rows as a table. */
  public TextTable table() {
    TextTable table =
        TextTable.of(
            "model",
            "accuracy",
            rows.isEmpty() ? "difference" : "against " + rows.get(0).name(),
            "size",
            "latency");
    for (Row row : rows) {
      boolean isFirst = row == rows.get(0);
      table.row(
          row.name,
          percent(row.accuracy),
          isFirst ? null : points(row.accuracy - rows.get(0).accuracy),
          row.bytes == null ? null : format("%,d bytes", row.bytes),
          row.latencyMillis == null || !Double.isFinite(row.latencyMillis)
              ? null
              : format("%.3f ms", row.latencyMillis));
    }
    return table;
  }

  /** The table as aligned lines of text. */
  @Override
  public String toString() {
    return table().toString();
  }

  /**
   * A difference of two shares in percentage points, as {@code +0.12}; what rounds to nothing is
   * {@code +0.00}.
   */
  public static String points(double difference) {
    return format("%+.2f", Math.round(1e4 * difference) / 100.0);
  }

  /** A share in percent, as {@code 98.50 %}. */
  public static String percent(double share) {
    return format("%.2f %%", 100 * share);
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
