package dev.detent.runtime.data;

import dev.detent.runtime.internal.io.BoundedReads;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tables of text in UTF-8, as RFC 4180 says: fields between commas, in double quotes where they
 * hold a comma, a quote (doubled) or the end of a line. The first line has the columns' names.
 *
 * <pre>{@code
 * Table passengers = Csv.at(Path.of("passengers.csv")).read();
 * Table sensors = Csv.at(Path.of("sensors.csv")).separator(';').columns("time", "x", "y").read();
 * }</pre>
 *
 * <p>{@link FeatureSpace} makes of a table what a model reads.
 */
public final class Csv {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final char separator;
  private final @Nullable List<String> columns;

  private Csv(Path path, char separator, @Nullable List<String> columns) {
    this.path = Objects.requireNonNull(path, "path");
    this.separator = separator;
    this.columns = columns;
  }

  /** Starts with a file. Nothing is read before {@link #read()}. */
  public static Csv at(Path path) {
    return new Csv(path, ',', null);
  }

  /** What stands between fields, for example {@code ';'} or a tab, instead of a comma. */
  public Csv separator(char newSeparator) {
    return new Csv(path, newSeparator, columns);
  }

  /** Names the columns of a file whose first line is no header but data. */
  public Csv columns(String... names) {
    return new Csv(path, separator, List.of(names));
  }

  /**
   * Reads all of the file into memory. Blanks around fields are removed, lines without anything
   * passed over.
   *
   * @throws DataException if there is no such file, it is larger than the free memory, not UTF-8,
   *     has no line of data, a name of a column is missing or there twice, or a line has more or
   *     fewer fields than there are columns; the message has the line's number
   */
  public Table read() {
    CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).setTrim(true).get();
    if (!Files.isRegularFile(path)) {
      throw new DataException(path + (Files.exists(path) ? " is no file" : " does not exist"));
    }
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        CSVParser parser = format.parse(reader)) {
      BoundedReads.requireMemory(Files.size(path)); // as text it takes more, but never less
      return read(parser);
    } catch (CharacterCodingException e) {
      throw new DataException(path + " is not in UTF-8; save it in that encoding", e);
    } catch (IOException | UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new DataException(path + " is not in UTF-8; save it in that encoding", e);
      }
      throw new DataException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Table read(CSVParser parser) {
    List<String> names = columns;
    List<String[]> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    Iterator<CSVRecord> records = parser.iterator();
    boolean isFirst = true;
    while (true) {
      long line = parser.getCurrentLineNumber() + 1;
      if (!records.hasNext()) {
        break;
      }
      String[] fields = records.next().values();
      if (isFirst && fields[0].indexOf(BYTE_ORDER_MARK) == 0) {
        fields[0] = fields[0].substring(1).strip();
      }
      isFirst = false;
      if (names == null) {
        names = List.of(fields);
        continue;
      }
      boolean isBlank = fields.length == 1 && fields[0].isEmpty() && names.size() > 1;
      if (isBlank) {
        continue;
      }
      if (fields.length != names.size()) {
        throw new DataException(
            "%s, line %s has %s fields, but there are %s columns: %s"
                .formatted(path, line, fields.length, names.size(), String.join(", ", names)));
      }
      rows.add(fields);
      lines.add(line);
    }
    if (names == null || rows.isEmpty()) {
      throw new DataException(path + " has no line of data");
    }
    checkNames(names);
    return new Table(
        path.toString(),
        names,
        rows.toArray(String[][]::new),
        lines.stream().mapToLong(Long::longValue).toArray());
  }

  private void checkNames(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        throw new DataException(path + ": column " + (i + 1) + " has no name in the header");
      }
      if (names.indexOf(names.get(i)) < i) {
        throw new DataException(
            path + " has two columns called '" + names.get(i) + "'; name them apart");
      }
    }
  }

  @Override
  public String toString() {
    return path + " " + Arrays.toString(new char[] {separator});
  }
}
