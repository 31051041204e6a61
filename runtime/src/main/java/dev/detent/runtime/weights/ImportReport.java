package dev.detent.runtime.weights;

import dev.detent.runtime.report.TextTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import has done; {@link #toString} says it in words and tables.
 *
 * @param file the file
 * @param kind what it is: {@code Keras HDF5}
 * @param model the model's name
 * @param way how layers were matched: {@code by name}, {@code by the layers' order}
 * @param matched what was imported, in the model's order
 * @param missing variables of the model for which the file has nothing; they are as they were
 * @param leftOver weights of the file that the model has no place for
 * @param ignored what the file holds beside weights, and what that is
 */
public record ImportReport(
    String file,
    String kind,
    String model,
    String way,
    List<Match> matched,
    List<Missing> missing,
    List<LeftOver> leftOver,
    Map<String, String> ignored) {

  /**
   * A variable and the array that it was filled from.
   *
   * @param variable in the model
   * @param shape of the array
   * @param source the array's name in the file
   * @param remark what is unusual about it; else empty
   */
  public record Match(String variable, List<Integer> shape, String source, String remark) {}

  /**
   * A variable without an array.
   *
   * @param variable in the model
   * @param shape its sizes
   * @param reason why it was not filled
   */
  public record Missing(String variable, List<Integer> shape, String reason) {}

  /**
   * An array without a variable.
   *
   * @param source its name in the file
   * @param shape its sizes
   * @param reason why nothing was filled from it
   */
  public record LeftOver(String source, List<Integer> shape, String reason) {}

  /** Copies the lists. */
  public ImportReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
    ignored = Collections.unmodifiableMap(new LinkedHashMap<>(ignored));
  }

  static List<Integer> list(int[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  /** Whether every variable was filled and no weight left over. */
  public boolean isComplete() {
    return missing.isEmpty() && leftOver.isEmpty();
  }

  /** One line: how many of the model's variables were filled, from what. */
  public String summary() {
    int variables = matched.size() + missing.size();
    return "%s (%s) -> %s: %s of %s variables, %s%s"
        .formatted(
            file,
            kind,
            model,
            matched.size(),
            variables,
            way,
            leftOver.isEmpty() ? "" : "; " + leftOver.size() + " arrays of the file left over");
  }

  /** What does not fit, on either side; empty if all does. */
  public String problems() {
    TextTable absent = TextTable.of("not in the file", "shape", "why");
    missing.forEach(row -> absent.row(row.variable, row.shape, row.reason));
    TextTable free = TextTable.of("left over in the file", "shape", "why");
    leftOver.forEach(row -> free.row(row.source, row.shape, row.reason));
    return (missing.isEmpty() ? "" : absent.toString())
        + (missing.isEmpty() || leftOver.isEmpty() ? "" : "\n")
        + (leftOver.isEmpty() ? "" : free.toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(summary()).append("\n\n");
    boolean remarks = matched.stream().anyMatch(row -> !row.remark.isEmpty());
    int columns = remarks ? 4 : 3;
    String[] titles = {"variable", "shape", "from", "remark"};
    TextTable table = TextTable.of(Arrays.copyOf(titles, columns));
    for (Match row : matched) {
      Object[] cells = {row.variable, row.shape, row.source, row.remark};
      table.row(Arrays.copyOf(cells, columns));
    }
    text.append(table);
    if (!isComplete()) {
      text.append("\n").append(problems());
    }
    if (!ignored.isEmpty()) {
      TextTable others = TextTable.of("no weight", "what it is");
      ignored.forEach(others::row);
      text.append("\n").append(others);
    }
    return text.toString();
  }
}
