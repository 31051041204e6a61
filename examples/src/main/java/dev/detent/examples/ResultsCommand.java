package dev.detent.examples;

import dev.detent.examples.Training.Data.Need;
import dev.detent.examples.zoo.Zoo;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.report.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code examples/run results}. */
@Command(
    name = "results",
    description = {
      "Trains, quantizes, deploys and measures the examples, measures the size and speed of the"
          + " zoo, and writes both as tables.",
      "--data has the data sets as cifar10, mnist-10k and spoken-digits; examples without theirs"
          + " are left out. A row that is finished is kept: a run that was stopped goes on with the"
          + " next one."
    })
final class ResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Option(
      names = "--models",
      paramLabel = "NAME",
      split = ",",
      description = "Some examples and models of the zoo, with commas between (default: all).")
  private List<String> models;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "Where the tables are written (default: RESULTS.md in the folder of --out).")
  private Path table;

  private final Map<String, Own> own;
  private PrintWriter out;

  /** An example that is no {@link Training}. */
  interface Own {
    /**
     * Runs it and measures.
     *
     * @throws IOException if a file cannot be written
     */
    TrainedRow run(CommonOptions options, Path folder, PrintWriter out) throws IOException;
  }

  /**
   * The examples, and these.
   *
   * @param own by name, in the order of the table
   */
  ResultsCommand(Map<String, Own> own) {
    this.own = new LinkedHashMap<>(own);
  }

  /** All examples. */
  ResultsCommand() {
    own = new LinkedHashMap<>();
    own.put(DetectorRun.NAME, new DetectorCommand()::run);
    own.put(TransferRun.NAME, new TransferCommand()::run);
  }

  @Override
  public Integer call() throws IOException {
    checkNames();
    RunLog.keep(command, options.out(), this::run);
    return 0;
  }

  private void run() throws IOException {
    out = command.commandLine().getOut();
    List<Training> trainings = chosen(Training.ALL, Training::name);
    List<Zoo> zoo = chosen(Zoo.ALL, Zoo::name);
    String run =
        String.format(
            Locale.ROOT,
            "float %s, QAT %s, seed %d, data %s",
            options.epochs().isPresent() ? options.epochs().getAsInt() : "default",
            options.qatEpochs().isPresent() ? options.qatEpochs().getAsInt() : "default",
            options.seed(),
            options
                .data()
                .map(root -> root.toAbsolutePath().normalize().toString())
                .orElse("none"));
    FinishedRows finished = new FinishedRows(options.out().resolve("rows"), run);

    List<TrainedRow> trained = new ArrayList<>();
    for (Training training : trainings) {
      if (lacksData(training) && finished.find(training.name(), TrainedRow.class).isEmpty()) {
        out.printf(
            "%n%s: left out, as --data has no %s%n", training.name(), training.data().folder());
        continue;
      }
      trained.add(finished.findOrMake(training.name(), TrainedRow.class, () -> train(training)));
    }
    for (String name : chosen(List.copyOf(own.keySet()), each -> each)) {
      trained.add(finished.findOrMake(name, TrainedRow.class, () -> runOwn(name)));
    }
    List<SizeRow> sizes = new ArrayList<>();
    for (Zoo model : zoo) {
      String name = "size of " + model.name();
      sizes.add(
          finished.findOrMake(
              name,
              SizeRow.class,
              () -> {
                announce(name);
                return SizeRow.measure(model, options.out());
              }));
    }
    ResultsPage results =
        new ResultsPage(trained, sizes, Provenance.current(Versions.libraries()), options.seed());
    Path written = results.write(table == null ? options.out().resolve("RESULTS.md") : table);
    Path page = results.writeHtml(options.out().resolve("results.html"));
    if (!trained.isEmpty()) {
      out.printf("%n%s", ResultsPage.accuracies(trained));
    }
    out.printf("%nwritten: %s, %s%n", written, page);
    out.flush();
  }

  private void announce(String row) {
    out.printf("%n== %s%n", row);
    out.flush();
  }

  private TrainedRow train(Training training) throws IOException {
    announce(training.name());
    Split data = training.data().source().load(folderOf(training), options.seed());
    Path folder = Files.createDirectories(options.out().resolve(training.name()));
    Recipe recipe = training.recipe().with(options.epochs(), options.qatEpochs());
    try (DetentModel<Dataset> model = training.create().apply(options.seed())) {
      ExampleRun run =
          new ExampleRun(training.name(), recipe, options.seed(), folder, out)
              .with(training.second())
              .withPercentile()
              .withTeacher(training.create());
      return TrainedRow.of(training, data, run.run(model, data));
    }
  }

  private TrainedRow runOwn(String name) throws IOException {
    announce(name);
    Path folder = Files.createDirectories(options.out().resolve(name));
    return own.get(name).run(options, folder, out);
  }

  private Optional<Path> folderOf(Training training) {
    return training.data().need() == Need.NONE
        ? Optional.empty()
        : options
            .data()
            .map(root -> root.resolve(training.data().folder()))
            .filter(Files::isDirectory);
  }

  private boolean lacksData(Training training) {
    return training.data().need() == Need.REQUIRED && folderOf(training).isEmpty();
  }

  private <T> List<T> chosen(List<T> all, Function<T, String> name) {
    return all.stream()
        .filter(each -> models == null || models.contains(name.apply(each)))
        .toList();
  }

  private void checkNames() {
    if (models == null) {
      return;
    }
    List<String> all =
        Stream.of(
                Training.ALL.stream().map(Training::name),
                own.keySet().stream(),
                Zoo.ALL.stream().map(Zoo::name))
            .flatMap(names -> names)
            .toList();
    for (String each : models) {
      if (!all.contains(each)) {
        throw new ParameterException(
            command.commandLine(),
            "--models " + each + ": there is no such model; there are " + String.join(", ", all));
      }
    }
  }
}
