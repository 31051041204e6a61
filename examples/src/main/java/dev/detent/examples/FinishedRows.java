package dev.detent.examples;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of a table that takes hours: each is a file from the moment it is finished, so that a run
 * which was stopped goes on with the next one. Rows of other columns, as another version wrote
 * them, are made anew.
 *
 * @param folder where the files are
 * @param settings what all rows depend on; rows of other settings do not count
 */
record FinishedRows(Path folder, String settings) {
  private static final String SETTINGS = "settings";
  private static final String ROW = "row";

  /** Makes a row that is not finished. */
  interface Maker<T> {
    /**
     * The row.
     *
     * @throws IOException if a file cannot be read or written
     */
    T make() throws IOException;
  }

  /**
   * The row if it is finished, else it is made and kept.
   *
   * @throws dev.detent.runtime.exception.DetentException if its file is damaged or cannot be
   *     written
   * @throws IOException if the maker throws it
   */
  <T> T findOrMake(String name, Class<T> type, Maker<T> maker) throws IOException {
    Optional<T> known = find(name, type);
    if (known.isPresent()) {
      return known.get();
    }
    T row = maker.make();
    new JsonReport().put(SETTINGS, settings).put(ROW, row).write(file(name));
    return row;
  }

  /**
   * The row, if it is finished.
   *
   * @throws dev.detent.runtime.exception.DetentException if its file is damaged
   */
  <T> Optional<T> find(String name, Class<T> type) {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonReport report = JsonReport.read(file);
    return settings.equals(report.get(SETTINGS, String.class)) && hasColumns(report, type)
        ? Optional.ofNullable(report.get(ROW, type))
        : Optional.empty();
  }

  private static boolean hasColumns(JsonReport report, Class<?> type) {
    JsonObject row = report.content().getAsJsonObject(ROW);
    return row != null
        && row.keySet()
            .equals(
                Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.toSet()));
  }

  private Path file(String name) {
    return folder.resolve(name + ".json");
  }
}
