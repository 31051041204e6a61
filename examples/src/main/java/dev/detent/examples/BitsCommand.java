package dev.detent.examples;

import dev.detent.examples.bits.Combination;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.report.TablePage;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code examples/run bits}. */
@Command(
    name = "bits",
    description = {
      "ResNet-8 at 8/8, 4/8 and 4/4 bits (weights/activations), at 16x8 and with scales that are"
          + " powers of two, each with min-max ranges, LSQ and PACT, from one float training.",
      "--data has CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg. A row"
          + " that is finished is kept: a run that was stopped goes on with the next one."
    })
final class BitsCommand implements Callable<Integer> {
  private static final Recipe RECIPE =
      new Recipe(30, 3, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION);

  /** All combinations have layers of the same names; this one is trained in float for them. */
  private static final Combination TRAINED = Combination.INT8_MIN_MAX;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES}, with commas between (default: all).")
  private List<Combination> only = List.of(Combination.values());

  private Path folder;
  private Split data;
  private int epochs;
  private int qatEpochs;
  private String settings;
  private PrintWriter out;

  /**
   * One line of the table.
   *
   * @param postTraining accuracy before fine-tuning
   * @param qat accuracy after it
   * @param xnnpack accuracy in TFLite; null if TFLite does not run it, as the others below
   * @param builtIn accuracy on the built-in kernels
   * @param bytes of the file
   * @param agreement the share of equal answers of graph and built-in kernels
   * @param faithful whether the file computes what was trained
   * @param seconds that fine-tuning took
   */
  private record Row(
      double postTraining,
      double qat,
      Double xnnpack,
      Double builtIn,
      Long bytes,
      Double agreement,
      Boolean faithful,
      double seconds) {}

  @Override
  public Integer call() throws IOException {
    options.requireData();
    RunLog.keep(command, options.out(), this::run);
    return 0;
  }

  private void run() throws IOException {
    folder = options.out();
    data = Photographs.load(options.data(), options.seed());
    epochs = options.epochs().orElse(RECIPE.epochs());
    qatEpochs = options.qatEpochs().orElse(RECIPE.qatEpochs());
    String fingerprint = data.train().fingerprint();
    settings =
        "float%d-qat%d-seed%d-data%s"
            .formatted(epochs, qatEpochs, options.seed(), fingerprint.substring(0, 8));
    out = command.commandLine().getOut();

    Path weights = folder.resolve("float.npz");
    double inFloat = trainInFloat(weights);
    FinishedRows finished = new FinishedRows(folder.resolve("rows"), settings);
    List<Row> rows = new ArrayList<>();
    for (Combination combination : only) {
      rows.add(
          finished.findOrMake(combination.name(), Row.class, () -> measure(combination, weights)));
    }
    TextTable table = table(rows, inFloat);
    out.printf(Locale.ROOT, "%nfloat: %s%n%n%s", Comparison.percent(inFloat), table);
    Path report =
        new JsonReport()
            .put("example", command.name())
            .put("seed", options.seed())
            .put("provenance", Provenance.current(Versions.libraries()))
            .put("trainingData", fingerprint)
            .put("epochs", epochs)
            .put("qatEpochs", qatEpochs)
            .put("float", inFloat)
            .put("combinations", only)
            .put("rows", rows)
            .write(folder.resolve("report.json"));
    Path page = page(rows, inFloat, table, fingerprint);
    out.printf("%nwritten: %s, %s%n", report, page);
    out.flush();
  }

  private Path page(List<Row> rows, double inFloat, TextTable table, String fingerprint)
      throws IOException {
    List<String> names =
        only.stream().map(each -> each.widths() + ", " + each.algorithm()).toList();
    TablePage page =
        new TablePage(
                command.name(),
                "ResNet-8 at several widths, weights/activations, from one float training.",
                Provenance.current(Versions.libraries()))
            .fact("accuracy in float", Comparison.percent(inFloat))
            .fact("epochs in float", epochs)
            .fact("epochs of fine-tuning", qatEpochs)
            .fact("test examples", data.test().size())
            .fact("training data, SHA-256", fingerprint)
            .fact("seed", options.seed());
    page.section("Accuracy and size", "Without a size: TensorFlow Lite has no kernels for it.");
    page.beginCharts();
    page.bars(
        "Wrong answers in %",
        names,
        List.of(
            new TablePage.Bars("post-training", wrong(rows, Row::postTraining)),
            new TablePage.Bars("QAT", wrong(rows, Row::qat))));
    List<Integer> deployed =
        IntStream.range(0, rows.size()).filter(i -> rows.get(i).bytes != null).boxed().toList();
    if (!deployed.isEmpty()) {
      page.bars(
          "Size in KB",
          deployed.stream().map(names::get).toList(),
          List.of(
              new TablePage.Bars(
                  "size", deployed.stream().map(i -> rows.get(i).bytes / 1e3).toList())));
    }
    return page.endCharts().table(table).write(folder.resolve("report.html"));
  }

  private static List<Double> wrong(List<Row> rows, ToDoubleFunction<Row> accuracy) {
    return rows.stream().map(row -> 100 * (1 - accuracy.applyAsDouble(row))).toList();
  }

  private double trainInFloat(Path weights) {
    try (DetentModel<Dataset> model = TRAINED.create(options.seed())) {
      model.fit(data.train(), fit(RECIPE.floatFit(epochs), "float" + epochs));
      model.save(weights);
      return model.evaluate(data.test()).accuracy();
    }
  }

  private Row measure(Combination combination, Path weights) {
    out.printf("%n%s, %s%n", combination.widths(), combination.algorithm());
    out.flush();
    try (DetentModel<Dataset> model = combination.create(options.seed())) {
      model.importWeights(weights);
      Dataset train = data.train();
      model.quantize(Recipe.calibration(train, options.seed()));
      double postTraining = model.evaluate(data.test()).accuracy();
      long start = System.nanoTime();
      if (qatEpochs > 0) {
        Fit<Examples> fit = RECIPE.qatFit(qatEpochs).optimizer(RECIPE.optimizerOfQat());
        model.fit(train, fit(fit, combination.name() + "-float" + epochs + "-qat" + qatEpochs));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double qat = model.evaluate(data.test()).accuracy();
      if (!combination.deploys()) {
        return new Row(postTraining, qat, null, null, null, null, null, seconds);
      }
      String name = combination.name().toLowerCase(Locale.ROOT).replace('_', '-');
      Path file = model.exportInt8(folder.resolve(name + ".tflite"));
      Verification verified = model.verify(file, data.test());
      out.println(verified.summary());
      out.flush();
      OutputResult output = verified.output();
      return new Row(
          postTraining,
          qat,
          output.quality().file(Kernels.XNNPACK),
          output.quality().file(Kernels.BUILT_IN),
          verified.int8Bytes(),
          output.builtIn().sameTop1Share(),
          verified.isFaithful(),
          seconds);
    }
  }

  private Fit<Dataset> fit(Fit<?> fit, String stage) {
    String name = stage + "-" + settings.substring(settings.indexOf("seed"));
    return fit.validation(data.validation())
        .checkpoints(folder.resolve("checkpoints").resolve(name));
  }

  private TextTable table(List<Row> rows, double inFloat) {
    TextTable table =
        TextTable.of(
            "bits",
            "ranges",
            "post-training",
            "QAT",
            "against float",
            "TFLite, XNNPACK",
            "TFLite, built-in",
            "graph = built-in",
            "size");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      table.row(
          only.get(i).widths(),
          only.get(i).algorithm(),
          Comparison.percent(row.postTraining),
          Comparison.percent(row.qat),
          Comparison.points(row.qat - inFloat),
          row.xnnpack == null ? null : Comparison.percent(row.xnnpack),
          row.builtIn == null ? null : Comparison.percent(row.builtIn),
          row.agreement == null ? null : Comparison.percent(row.agreement),
          row.bytes == null ? null : String.format(Locale.ROOT, "%,d bytes", row.bytes));
    }
    return table;
  }
}
