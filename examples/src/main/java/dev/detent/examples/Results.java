package dev.detent.examples;

import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.train.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came out of a run, stage by stage: the rows of the printed table and of the report. */
final class Results {
  private final List<Row> rows = new ArrayList<>();

  /**
   * One stage.
   *
   * @param stage what was measured
   * @param accuracy on the test examples, 0 to 1
   * @param loss on the test examples; null where only answers were looked at
   * @param bytes of the file; null where there is none
   * @param latencyMillis for one example on one thread; null where there is no file
   */
  record Row(String stage, double accuracy, Double loss, Long bytes, Double latencyMillis) {}

  /** Adds a stage that only the training graph computed. */
  void add(String stage, Measures measures) {
    rows.add(new Row(stage, measures.accuracy(), measures.loss(), null, null));
  }

  /** Adds a stage that the training graph computed and that there is a file of. */
  void add(String stage, Measures measures, long bytes, double latencyMillis) {
    rows.add(new Row(stage, measures.accuracy(), measures.loss(), bytes, latencyMillis));
  }

  /** Adds a stage that TensorFlow Lite computed. */
  void add(String stage, double accuracy, long bytes, double latencyMillis) {
    rows.add(new Row(stage, accuracy, null, bytes, latencyMillis));
  }

  /** The stages so far. */
  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** The table. */
  @Override
  public String toString() {
    TextTable table = TextTable.of("model", "accuracy", "size", "latency");
    for (Row row : rows) {
      table.row(
          row.stage,
          String.format(Locale.ROOT, "%.2f %%", 100 * row.accuracy),
          row.bytes == null ? null : String.format(Locale.ROOT, "%.1f KB", row.bytes / 1e3),
          row.latencyMillis == null
              ? null
              : String.format(Locale.ROOT, "%.3f ms", row.latencyMillis));
    }
    return table.toString();
  }
}
