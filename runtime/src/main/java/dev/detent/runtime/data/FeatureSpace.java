package dev.detent.runtime.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.detent.runtime.internal.io.AtomicFiles;
import dev.detent.runtime.internal.io.BoundedReads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a {@link Table} a model reads and which one it is to answer, and what was
 * learned of them from the training data: mean and deviation of numbers, the vocabulary of
 * categories. As in Keras, {@link #adapt} learns; the same numbers are then applied to every other
 * table.
 *
 * <pre>{@code
 * var rows = Csv.at(Path.of("passengers.csv")).read().split(0.8, 1);
 * FeatureSpace space =
 *     FeatureSpace.empty()
 *         .normalized("age", "fare")
 *         .oneHot("sex", "port")
 *         .targetClass("survived")
 *         .missing(MissingValues.IMPUTE)
 *         .adapt(rows.train());
 * Dataset train = space.dataset(rows.train());
 * Dataset test = space.dataset(rows.test());
 * space.save(Path.of("passengers.json")); // for FeatureSpace.load where the model is deployed
 * }</pre>
 *
 * <p>The features are of the shape {@code [width]}, column after column in the order of
 * declaration. Every setting returns a changed copy.
 */
public final class FeatureSpace {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** How a column becomes numbers. */
  private enum Kind {
    NUMBER,
    NORMALIZED,
    ONE_HOT,
    INDEX,
    TARGET_NUMBER,
    TARGET_CLASS;

    boolean isNumber() {
      return this == NUMBER || this == NORMALIZED || this == TARGET_NUMBER;
    }

    boolean isTarget() {
      return this == TARGET_NUMBER || this == TARGET_CLASS;
    }
  }

  /**
   * A column.
   *
   * @param mean of the training data, of numbers
   * @param deviation the standard deviation there; 1 of a column that is always the same
   * @param vocabulary the categories of the training data; null before they are known
   */
  private record Column(
      String name, Kind kind, double mean, double deviation, @Nullable List<String> vocabulary) {
    Column(String name, Kind kind) {
      this(name, kind, 0, 1, null);
    }

    List<String> known() {
      return vocabulary == null ? List.of() : vocabulary;
    }

    int width() {
      return kind == Kind.ONE_HOT ? known().size() : 1;
    }

    /** Where each category stands in the vocabulary. */
    Map<String, Integer> places() {
      Map<String, Integer> places = new HashMap<>();
      known().forEach(category -> places.put(category, places.size()));
      return places;
    }
  }

  private final List<Column> columns;
  private final MissingValues missing;
  private final boolean unknownAllowed;
  private final boolean adapted;

  private FeatureSpace(
      List<Column> columns, MissingValues missing, boolean unknownAllowed, boolean adapted) {
    this.columns = List.copyOf(columns);
    this.missing = missing;
    this.unknownAllowed = unknownAllowed;
    this.adapted = adapted;
  }

  /** Without any column, with {@link MissingValues#FAIL} and without unknown categories. */
  public static FeatureSpace empty() {
    return new FeatureSpace(List.of(), MissingValues.FAIL, false, false);
  }

  /**
   * Numbers as they are.
   *
   * @throws IllegalArgumentException if a column is there already
   */
  public FeatureSpace numbers(String... names) {
    return and(Kind.NUMBER, names);
  }

  /**
   * Numbers with {@code value = (number - mean) / deviation}, both of the training data, so that
   * these have a mean of 0 and a variance of 1 there. The deviation is the population's, the root
   * of the mean squared distance from the mean; 0 counts as 1.
   *
   * @throws IllegalArgumentException if a column is there already
   */
  public FeatureSpace normalized(String... names) {
    return and(Kind.NORMALIZED, names);
  }

  /**
   * Categories, with a 1 at its own place among zeros, all zeros for one that is unknown or
   * missing. The categories are those of the training data, in the order of their numbers if all
   * are numbers, otherwise in alphabetical order.
   *
   * @throws IllegalArgumentException if a column is there already
   */
  public FeatureSpace oneHot(String... names) {
    return and(Kind.ONE_HOT, names);
  }

  /**
   * Categories, each as its index in the vocabulary, for an embedding; the number of known
   * categories for one that is unknown or missing. In the same order as {@link #oneHot}.
   *
   * @throws IllegalArgumentException if a column is there already
   */
  public FeatureSpace index(String... names) {
    return and(Kind.INDEX, names);
  }

  /**
   * What the model is to answer, as a class. The classes are those of the training data, in the
   * order of {@link #oneHot}.
   *
   * @throws IllegalArgumentException if the column is there already, or there is a target
   */
  public FeatureSpace targetClass(String name) {
    return and(Kind.TARGET_CLASS, name);
  }

  /**
   * What the model is to answer, as a number, as it is.
   *
   * @throws IllegalArgumentException if the column is there already, or there is a target
   */
  public FeatureSpace targetNumber(String name) {
    return and(Kind.TARGET_NUMBER, name);
  }

  private FeatureSpace and(Kind kind, String... names) {
    List<Column> all = new ArrayList<>(columns);
    for (String name : names) {
      if (all.stream().anyMatch(column -> column.name.equals(name))) {
        throw new IllegalArgumentException("the column '" + name + "' is there already");
      }
      if (kind.isTarget() && all.stream().anyMatch(column -> column.kind.isTarget())) {
        throw new IllegalArgumentException(
            "there is a target already; a second one takes a FeatureSpace of its own");
      }
      all.add(new Column(name, kind));
    }
    return new FeatureSpace(all, missing, unknownAllowed, false);
  }

  /** What is done with empty fields, in training data and others. */
  public FeatureSpace missing(MissingValues policy) {
    return new FeatureSpace(columns, policy, unknownAllowed, adapted);
  }

  /**
   * Takes categories that the training data do not have, which are an error otherwise; see {@link
   * #oneHot} and {@link #index}. An unknown class of the target stays an error.
   */
  public FeatureSpace allowUnknown() {
    return new FeatureSpace(columns, missing, true, adapted);
  }

  /**
   * Learns means, deviations and vocabularies.
   *
   * @param training the training data and nothing else
   * @throws DataException if a column is missing, a number is none, or a value is missing against
   *     {@link #missing}; with the line's number
   */
  public FeatureSpace adapt(Table training) {
    int[] rows = rows(training, columns);
    List<Column> learned = new ArrayList<>();
    for (Column column : columns) {
      int at = training.column(column.name);
      if (column.kind.isNumber()) {
        SummaryStatistics statistics = new SummaryStatistics();
        for (int row : rows) {
          if (!training.get(row, at).isEmpty()) {
            statistics.addValue(number(training, row, at));
          }
        }
        if (statistics.getN() == 0) {
          throw new DataException(
              "the column '" + column.name + "' has no value in the training data");
        }
        double deviation = Math.sqrt(statistics.getPopulationVariance());
        learned.add(
            new Column(
                column.name,
                column.kind,
                statistics.getMean(),
                deviation > 0 ? deviation : 1,
                null));
      } else {
        Set<String> values = new TreeSet<>();
        for (int row : rows) {
          values.add(training.get(row, at));
        }
        values.remove("");
        if (values.isEmpty()) {
          throw new DataException(
              "the column '" + column.name + "' has no value in the training data");
        }
        learned.add(new Column(column.name, column.kind, 0, 1, sorted(values)));
      }
    }
    return new FeatureSpace(learned, missing, unknownAllowed, true);
  }

  private static List<String> sorted(Set<String> values) {
    try {
      return values.stream()
          .sorted(Comparator.comparingDouble(Double::parseDouble).thenComparing(x -> x))
          .toList();
    } catch (NumberFormatException e) {
      return List.copyOf(values);
    }
  }

  /**
   * The features and the target of a table.
   *
   * @throws DataException as {@link #features} and {@link #targets}
   */
  public Dataset dataset(Table table) {
    int[] rows = rows(table, columns);
    return new Dataset(features(table, rows), targets(table, rows));
  }

  /**
   * The features of a table, for which the target's column is not needed.
   *
   * @return of the shape {@code [width]}
   * @throws DataException if a column is missing, a number is none, a category is unknown or a
   *     value missing against {@link #missing}; with the line's number
   * @throws IllegalStateException before {@link #adapt}
   */
  public Features features(Table table) {
    return features(table, rows(table, inputs()));
  }

  /**
   * The target of a table; of the same rows as {@link #features} unless rows are skipped, for which
   * see {@link #dataset}.
   *
   * @throws DataException as {@link #features}, and if there is no target
   * @throws IllegalStateException before {@link #adapt}
   */
  public Targets targets(Table table) {
    return targets(table, rows(table, columns.stream().filter(c -> c.kind.isTarget()).toList()));
  }

  /** How many rows of a table {@link MissingValues#SKIP_ROW} leaves out of its {@link #dataset}. */
  public int skipped(Table table) {
    return table.size() - rows(table, columns).length;
  }

  private List<Column> inputs() {
    return columns.stream().filter(column -> !column.kind.isTarget()).toList();
  }

  /** The rows that are used, which have all that is needed of these columns. */
  private int[] rows(Table table, List<Column> needed) {
    int[] places = needed.stream().mapToInt(column -> table.column(column.name)).toArray();
    int[] rows =
        IntStream.range(0, table.size())
            .filter(row -> isUsed(table, row, needed, places))
            .toArray();
    if (rows.length == 0) {
      throw new DataException(table + ": each row has a missing value, so that none is left");
    }
    return rows;
  }

  private boolean isUsed(Table table, int row, List<Column> needed, int[] places) {
    for (int i = 0; i < places.length; i++) {
      if (table.get(row, places[i]).isEmpty()) {
        if (missing == MissingValues.SKIP_ROW) {
          return false;
        }
        if (missing == MissingValues.FAIL || needed.get(i).kind.isTarget()) {
          throw new DataException(
              "%s: column '%s' is empty; %s"
                  .formatted(
                      table.describe(row),
                      needed.get(i).name,
                      needed.get(i).kind.isTarget()
                          ? "MissingValues.SKIP_ROW leaves out rows without a target"
                          : "missing(MissingValues) says what to do with such rows"));
        }
      }
    }
    return true;
  }

  private Features features(Table table, int[] rows) {
    requireAdapted();
    List<Column> inputs = inputs();
    if (inputs.isEmpty()) {
      throw new DataException("there is no column for the model to read, only a target");
    }
    int width = inputs.stream().mapToInt(Column::width).sum();
    float[][] values = new float[rows.length][width];
    int start = 0;
    for (Column column : inputs) {
      int at = table.column(column.name);
      Map<String, Integer> places = column.places();
      for (int i = 0; i < rows.length; i++) {
        put(table, rows[i], at, column, places, values[i], start);
      }
      start += column.width();
    }
    return Features.of(values, width);
  }

  private void put(
      Table table,
      int row,
      int at,
      Column column,
      Map<String, Integer> places,
      float[] into,
      int start) {
    String text = table.get(row, at);
    if (column.kind.isNumber()) {
      double number = text.isEmpty() ? column.mean : number(table, row, at);
      boolean isNormalized = column.kind == Kind.NORMALIZED;
      into[start] = (float) (isNormalized ? (number - column.mean) / column.deviation : number);
      return;
    }
    int index = places.getOrDefault(text, -1);
    if (index < 0 && !text.isEmpty() && !unknownAllowed) {
      throw unknown(table, row, column, text, "; allowUnknown() takes such ones");
    }
    if (column.kind == Kind.INDEX) {
      into[start] = index < 0 ? column.known().size() : index;
    } else if (index >= 0) {
      into[start + index] = 1;
    }
  }

  private static DataException unknown(
      Table table, int row, Column column, String text, String advice) {
    return new DataException(
        "%s: '%s' in column '%s' is none of the training data's %s%s"
            .formatted(table.describe(row), text, column.name, shown(column.known()), advice));
  }

  private Targets targets(Table table, int[] rows) {
    requireAdapted();
    Column column =
        columns.stream()
            .filter(each -> each.kind.isTarget())
            .findFirst()
            .orElseThrow(
                () -> new DataException("there is no target; targetClass or targetNumber says it"));
    int at = table.column(column.name);
    if (column.kind == Kind.TARGET_NUMBER) {
      float[] values = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        values[i] = (float) number(table, rows[i], at);
      }
      return Targets.values(values);
    }
    int[] classes = new int[rows.length];
    Map<String, Integer> places = column.places();
    for (int i = 0; i < rows.length; i++) {
      String text = table.get(rows[i], at);
      classes[i] = places.getOrDefault(text, -1);
      if (classes[i] < 0) {
        throw unknown(table, rows[i], column, text, "");
      }
    }
    return Targets.classes(classes, column.known());
  }

  private static double number(Table table, int row, int at) {
    String text = table.get(row, at);
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!Float.isFinite((float) number)) {
      throw new DataException(
          "%s: '%s' in column '%s' is not a finite number"
              .formatted(table.describe(row), text, table.columns().get(at)));
    }
    return number;
  }

  private void requireAdapted() {
    if (!adapted) {
      throw new IllegalStateException(
          "nothing is known of the columns yet: call adapt(training) first");
    }
  }

  /**
   * What each of the features is: {@code age}, {@code sex=female}, {@code sex=male}.
   *
   * @throws IllegalStateException before {@link #adapt}
   */
  public List<String> featureNames() {
    requireAdapted();
    List<String> names = new ArrayList<>();
    for (Column column : inputs()) {
      if (column.kind == Kind.ONE_HOT) {
        column.known().forEach(category -> names.add(column.name + "=" + category));
      } else {
        names.add(column.name);
      }
    }
    return names;
  }

  /**
   * The number of features.
   *
   * @throws IllegalStateException before {@link #adapt}
   */
  public int width() {
    return featureNames().size();
  }

  /** As JSON keeps it. */
  private record Saved(List<Column> columns, MissingValues missing, boolean unknownAllowed) {}

  /**
   * Writes all of this as JSON, whole or not at all, so that what a deployed model is given can be
   * prepared alike.
   *
   * @throws DataException if the file cannot be written
   * @throws IllegalStateException before {@link #adapt}
   */
  public void save(Path file) {
    requireAdapted();
    String json = GSON.toJson(new Saved(columns, missing, unknownAllowed)) + "\n";
    try {
      AtomicFiles.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new DataException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @throws DataException if the file cannot be read or is another one
   */
  public static FeatureSpace load(Path file) {
    try {
      String json = new String(BoundedReads.file(file), StandardCharsets.UTF_8);
      Saved saved = GSON.fromJson(json, Saved.class);
      for (Column column : saved.columns) {
        boolean isWhole =
            column.kind.isNumber()
                ? column.deviation > 0 && Double.isFinite(column.mean)
                : !column.known().isEmpty();
        if (!isWhole || column.name.isEmpty()) {
          throw new JsonParseException("column '" + column.name + "' is not whole");
        }
      }
      return new FeatureSpace(saved.columns, saved.missing, saved.unknownAllowed, true);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + e, e);
    } catch (JsonParseException | NullPointerException e) {
      throw new DataException(file + " is no feature space, or a damaged one: " + e, e);
    }
  }

  private static String shown(List<String> names) {
    int most = 20;
    return names.size() <= most
        ? names.toString()
        : "[%s, ... %s in all]".formatted(String.join(", ", names.subList(0, most)), names.size());
  }

  /** A line for each column: what it is, and what was learned of it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      String kind = column.kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      text.append(column.name).append(": ").append(kind);
      if (adapted) {
        text.append(
            column.kind.isNumber()
                ? String.format(
                    Locale.ROOT, ", mean %.6g, deviation %.6g", column.mean, column.deviation)
                : ", " + shown(column.known()));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
