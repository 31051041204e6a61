package dev.detent.examples;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.internal.report.TablePage;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.Sensitivity;
import dev.detent.runtime.report.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code examples/run sensitivity}. */
@Command(
    name = "sensitivity",
    description = {
      "Which layers of an example lose how much with their weights, and which tensors with their"
          + " activations, at fewer bits; and widths for a size.",
      "It is trained in float first, or goes on from there with the --out of an earlier run of it."
    })
final class SensitivityCommand implements Callable<Integer> {
  private static final int NARROWEST = 2;
  private static final int WIDEST = 16;

  /** Of the size at 8 bits, where none is given. */
  private static final double SHARE = 0.6;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Parameters(
      paramLabel = "EXAMPLE",
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: digits).",
      arity = "0..1")
  private String example = Training.ALL.get(0).name();

  @Option(
      names = "--widths",
      paramLabel = "BITS",
      split = ",",
      description = "From 2 to 16, with commas between (default: 8,4,2).")
  private List<Integer> widths = Sensitivity.defaultWidths();

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Test examples that are looked at, 1 or more (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int examples;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      description =
          "What all weights may take in the assignment (default: 60%% of what they take at the"
              + " largest of the widths, or what they take at the smallest).")
  private Long bytes;

  /** The examples' names, for the usage. */
  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Training.ALL.stream().map(Training::name).toList());
    }
  }

  @Override
  public Integer call() throws IOException {
    Training training = training();
    check(examples >= 1, "--examples " + examples + ": must be 1 or more");
    check(
        !widths.isEmpty() && widths.stream().allMatch(bits -> bits >= NARROWEST && bits <= WIDEST),
        "--widths " + widths + ": each must be from 2 to 16");
    training.checkData(options);
    RunLog.keep(command, options.out(), () -> run(training));
    return 0;
  }

  private void run(Training training) throws IOException {
    PrintWriter out = command.commandLine().getOut();
    ExampleRun run = ExampleRun.of(command, options, training.recipe());
    Split data = training.data().source().load(options.data(), options.seed());
    Dataset looked = data.test().sample(Math.min(examples, data.test().size()), options.seed());
    try (DetentModel<Dataset> model = training.create().apply(options.seed())) {
      run.trainInFloat(model, data);
      Sensitivity weights = model.sensitivity(looked, widths);
      out.printf("%n%s", weights);
      Sensitivity activations = model.activationSensitivity(looked, widths);
      out.printf("%n%s", activations);
      long size = bytes == null ? usualSize(weights) : bytes;
      Map<String, Integer> assignment = assignment(weights, size);
      out.printf(Locale.ROOT, "%nweights in no more than %,d bytes:%n%s", size, table(assignment));
      Path report =
          new JsonReport()
              .put("example", training.name())
              .put("seed", options.seed())
              .put("provenance", Provenance.current(Versions.libraries()))
              .put("weights", weights)
              .put("activations", activations)
              .put("bytes", size)
              .put("assignment", assignment)
              .write(options.out().resolve("sensitivity.json"));
      Path page = page(training, weights, activations, size, assignment);
      out.printf("%nwritten: %s, %s%n", report, page);
      out.flush();
    }
  }

  private Path page(
      Training training,
      Sensitivity weights,
      Sensitivity activations,
      long size,
      Map<String, Integer> assignment)
      throws IOException {
    TablePage page =
        new TablePage(
                command.name() + " of " + training.name(),
                "What layers lose at fewer bits, one at a time while all else is float.",
                Provenance.current(Versions.libraries()))
            .fact("model", weights.model())
            .fact("loss in float", String.format(Locale.ROOT, "%.4f", weights.loss()))
            .fact("test examples", weights.examples())
            .fact("seed", options.seed());
    if (!Double.isNaN(weights.accuracy())) {
      page.fact("accuracy in float", Comparison.percent(weights.accuracy()));
    }
    add(page, "Weights", weights);
    add(page, "Activations", activations);
    page.section(
        "Widths for a size",
        String.format(
            Locale.ROOT,
            "Of the weights, in no more than %,d bytes: where a byte saved costs least loss, as if"
                + " losses added up.",
            size));
    return page.table(table(assignment)).write(options.out().resolve("sensitivity.html"));
  }

  /** A chart for each width, as the narrowest would hide what the others lose. */
  private static void add(TablePage page, String heading, Sensitivity of) {
    page.section(heading, "How the loss changes, from the largest change to the smallest.");
    page.beginCharts();
    for (int bits : of.entries().stream().map(Sensitivity.Entry::bits).distinct().toList()) {
      List<Sensitivity.Entry> entries =
          of.entries().stream()
              .filter(entry -> entry.bits() == bits)
              .sorted(Comparator.comparingDouble(Sensitivity.Entry::loss).reversed())
              .toList();
      page.bars(
          "Change of the loss at " + bits + " bits",
          entries.stream().map(Sensitivity.Entry::layer).toList(),
          List.of(
              new TablePage.Bars(
                  bits + " bits",
                  entries.stream().map(entry -> entry.loss() - of.loss()).toList())));
    }
    page.endCharts().hiddenTable("Figures of all layers", of.table());
  }

  private Training training() {
    return Training.ALL.stream()
        .filter(each -> each.name().equals(example))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "there is no example '"
                        + example
                        + "'; there are "
                        + String.join(", ", new Names())));
  }

  /** A share of the size at the largest width, if the smallest allows that. */
  private static long usualSize(Sensitivity weights) {
    IntSummaryStatistics bits =
        weights.entries().stream().mapToInt(Sensitivity.Entry::bits).summaryStatistics();
    return Math.max(Math.round(SHARE * size(weights, bits.getMax())), size(weights, bits.getMin()));
  }

  private static long size(Sensitivity weights, int bits) {
    return weights.entries().stream()
        .filter(entry -> entry.bits() == bits)
        .mapToLong(Sensitivity.Entry::bytes)
        .sum();
  }

  private Map<String, Integer> assignment(Sensitivity weights, long size) {
    try {
      return weights.assignment(size);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--bytes: " + e.getMessage(), e);
    }
  }

  private static TextTable table(Map<String, Integer> assignment) {
    TextTable table = TextTable.of("layer", "bits");
    assignment.forEach(table::row);
    return table;
  }

  private void check(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
