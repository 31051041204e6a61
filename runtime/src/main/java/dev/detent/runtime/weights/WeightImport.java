package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.graph.Variables.Role;
import dev.detent.runtime.internal.graph.Variables.Variable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fills a model's variables from a file of weights, all of them or none. */
public final class WeightImport {

  private final Path path;
  private final String model;
  private final Variables variables;
  private final ImportOptions options;

  private WeightImport(Path path, String model, Variables variables, ImportOptions options) {
    this.path = path;
    this.model = model;
    this.variables = variables;
    this.options = options;
  }

  /**
   * Imports. The ranges of activations are taken over if the file has them all, as Detent's own
   * files do; else they are forgotten, for they were those of other weights.
   *
   * @param path the file, the folder, or the checkpoint's prefix
   * @param model the model's name, for messages
   * @param variables of the model, all declared
   * @throws WeightException if the file is missing or damaged, or does not fit; nothing has changed
   *     then
   */
  public static ImportReport run(
      Path path, String model, Variables variables, ImportOptions options) {
    return new WeightImport(path, model, variables, options).run();
  }

  private ImportReport run() {
    try (WeightSource source = WeightSources.open(path)) {
      return fill(source);
    } catch (IOException e) {
      throw new WeightException(path + " cannot be imported: " + reason(e), e);
    }
  }

  /** The exceptions of java.nio.file have the path alone as their message. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "there is no permission to read it";
    }
    return e.getMessage() + (e instanceof NoSuchFileException ? " is missing" : "");
  }

  private ImportReport fill(WeightSource source) throws IOException {
    Map<String, String> ignored = new LinkedHashMap<>(source.ignored());
    Map<Variable, SourceArray> ranges = ranges(source, ignored);
    List<SourceArray> weights = source.arrays().stream().filter(array -> !isRange(array)).toList();
    List<Variable> wanted = ofRole(Role.TRAINABLE, Role.STATISTIC);
    Matching matching = matching(wanted, weights);
    ImportReport report = report(source.kind(), wanted, matching, ignored);
    if (report.matched().isEmpty() || !options.isPartial() && !report.isComplete()) {
      throw new WeightException(refusal(report));
    }
    Map<Variable, float[]> values = new LinkedHashMap<>();
    Map<Variable, SourceArray> matches = new LinkedHashMap<>(matching.found());
    matches.putAll(ranges);
    for (Map.Entry<Variable, SourceArray> match : matches.entrySet()) {
      values.put(match.getKey(), checked(match.getKey(), match.getValue()));
    }
    values.forEach(variables::write);
    if (ranges.isEmpty()) {
      ofRole(Role.RANGE).stream()
          .filter(Variable::countsBatches)
          .forEach(variable -> variables.write(variable, new float[] {0}));
    }
    return report;
  }

  private Matching matching(List<Variable> wanted, List<SourceArray> weights) {
    try {
      return Matching.of(wanted, weights, options);
    } catch (WeightException e) {
      throw new WeightException(path + " cannot be imported: " + e.getMessage(), e);
    }
  }

  private String refusal(ImportReport report) {
    return report.summary()
        + ". Nothing was imported.\n"
        + report.problems()
        + (options.isPartial()
            ? ""
            : "Change the model so that the two agree, name the layers with ImportOptions.map, or"
                + " take what fits with ImportOptions.partial().");
  }

  private List<Variable> ofRole(Role... roles) {
    List<Role> wanted = List.of(roles);
    return variables.all().stream().filter(variable -> wanted.contains(variable.role())).toList();
  }

  // ---------------------------------------------------------------- ranges

  private static boolean isRange(SourceArray array) {
    return array.layer().endsWith("/range") && array.shape().length == 0;
  }

  /** The ranges by name, if all are there. */
  private Map<Variable, SourceArray> ranges(WeightSource source, Map<String, String> ignored) {
    Map<String, SourceArray> offered =
        source.arrays().stream()
            .filter(WeightImport::isRange)
            .collect(
                Collectors.toMap(SourceArray::name, array -> array, (first, second) -> second));
    Map<Variable, SourceArray> found = new LinkedHashMap<>();
    List<Variable> wanted = ofRole(Role.RANGE);
    for (Variable variable : wanted) {
      SourceArray array = offered.get(variable.name());
      if (array != null && !options.isPartial()) {
        found.put(variable, array);
      }
    }
    if (found.size() < wanted.size()) {
      found.clear();
    }
    if (found.isEmpty() && !offered.isEmpty()) {
      ignored.put(
          offered.size() + " values of ranges",
          "of the activations; quantize(calibration) finds those of this model");
    }
    return found;
  }

  // ---------------------------------------------------------------- values

  private float[] checked(Variable variable, SourceArray array) throws IOException {
    float[] values = array.reader().read();
    if (values.length != variable.size()) {
      throw new IOException(
          "'%s' is said to have the shape %s but holds %s values: the file is damaged"
              .formatted(array.name(), array.shapeText(), values.length));
    }
    boolean isVariance = PartNames.partOf(variable.name()).equals(PartNames.MOVING_VARIANCE);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IOException(
            ("'%s' holds %s at position %s of %s: the training that made it went wrong; use an"
                    + " earlier checkpoint")
                .formatted(array.name(), values[i], i, values.length));
      }
      if (isVariance && values[i] < 0) {
        throw new IOException(
            "'" + array.name() + "' is a variance and holds " + values[i] + " at position " + i);
      }
    }
    return values;
  }

  // ---------------------------------------------------------------- the report

  private ImportReport report(
      String kind, List<Variable> wanted, Matching matching, Map<String, String> ignored) {
    Reasons reasons = new Reasons(wanted, matching);
    List<ImportReport.Match> matched = new ArrayList<>();
    List<ImportReport.Missing> missing = new ArrayList<>();
    for (Variable variable : wanted) {
      SourceArray array = matching.found().get(variable);
      if (array == null) {
        missing.add(
            new ImportReport.Missing(
                variable.name(), ImportReport.list(variable.shape()), reasons.missing(variable)));
      } else {
        matched.add(
            new ImportReport.Match(
                variable.name(),
                ImportReport.list(array.shape()),
                array.name(),
                reasons.remark(variable)));
      }
    }
    List<ImportReport.LeftOver> leftOver = new ArrayList<>();
    for (SourceArray array : matching.leftOver()) {
      leftOver.add(
          new ImportReport.LeftOver(
              array.name(), ImportReport.list(array.shape()), reasons.leftOver(array)));
    }
    return new ImportReport(
        String.valueOf(path.getFileName()),
        kind,
        model,
        matching.way(),
        matched,
        missing,
        leftOver,
        ignored);
  }
}
