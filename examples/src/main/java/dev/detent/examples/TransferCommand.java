package dev.detent.examples;

import dev.detent.examples.digits.DrawnDigits;
import dev.detent.examples.transfer.SevenDigitsModel;
import dev.detent.examples.transfer.ThreeDigitsModel;
import dev.detent.runtime.ReportOptions;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.data.TrainTest;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.weights.ImportOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Transfer learning, as in Keras's guide of that name: a backbone that was trained on other
 * classes, a new head on top of it while it is frozen, then all layers slowly, then
 * quantization-aware training.
 */
@Command(
    name = "transfer",
    description = {
      "A backbone that knows the digits 0 to 6 learns 7 to 9 from few examples.",
      "It draws its digits itself and takes no --data. --epochs are those of the backbone."
    })
final class TransferCommand implements Callable<Integer> {
  /** Digits from this one on are new. */
  private static final int FIRST_NEW = 7;

  private static final int CLASSES = 10;
  private static final int EPOCHS = 3;
  private static final int QAT_EPOCHS = 10;
  private static final int BATCH_SIZE = 16;
  private static final double LEARNING_RATE = 2e-3;

  /** The share of that rate for all layers, and for those of the backbone once more. */
  private static final double SLOWLY = 0.1;

  private final int trainCount;
  private final int testCount;
  private final int fewCount;
  private final int fewEpochs;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  private Map<String, Double> rows;
  private Dataset few;
  private Dataset test;

  /** On so many digits that it draws, and so many of the new ones. */
  TransferCommand(int trainCount, int testCount, int fewCount, int fewEpochs) {
    this.trainCount = trainCount;
    this.testCount = testCount;
    this.fewCount = fewCount;
    this.fewEpochs = fewEpochs;
  }

  /** On what {@code docs/EXAMPLES.md} says. */
  TransferCommand() {
    this(8_000, 4_000, 60, 30);
  }

  @Override
  public Integer call() throws IOException {
    options.refuseData(command.name());
    RunLog.keep(command, options.out(), this::run);
    return 0;
  }

  private void run() throws IOException {
    Path folder = options.out();
    PrintWriter out = command.commandLine().getOut();
    TrainTest drawn = DrawnDigits.draw(trainCount, testCount, options.seed());
    Dataset known = digits(drawn.train(), 0, FIRST_NEW);
    few = digits(drawn.train(), FIRST_NEW, CLASSES).take(fewCount);
    test = digits(drawn.test(), FIRST_NEW, CLASSES);
    out.printf(
        Locale.ROOT,
        "%,d examples of the digits 0 to 6, %,d of 7 to 9; %,d of these to test; seed %d%n",
        known.size(),
        few.size(),
        test.size(),
        options.seed());
    out.flush();

    Path backbone = folder.resolve("backbone.npz");
    try (SevenDigitsModel pretrained = SevenDigitsModel.create(options.seed())) {
      pretrained.fit(
          known,
          Fit.epochs(options.epochs().orElse(EPOCHS)).optimizer(Optimizers.adam(LEARNING_RATE)));
      pretrained.save(backbone);
    }

    rows = new LinkedHashMap<>();
    Fit<Examples> training = fit(fewEpochs, LEARNING_RATE);
    try (ThreeDigitsModel fromScratch = ThreeDigitsModel.create(options.seed())) {
      fromScratch.fit(few, fit(2 * fewEpochs, LEARNING_RATE)); // as long as the two below
      note("from scratch", fromScratch);
    }
    try (ThreeDigitsModel model = ThreeDigitsModel.create(options.seed())) {
      model.importWeights(backbone, ImportOptions.byName().partial());
      model.trainable(false, "backbone");
      model.fit(few, training);
      note("new head on the frozen backbone", model);
      model.trainable(true, "*");
      model.fit(few, fit(fewEpochs, LEARNING_RATE * SLOWLY).learningRateFactor("backbone", SLOWLY));
      double inFloat = note("all layers, slowly", model);
      Path floatFile = model.exportFloat(folder.resolve("transfer_float.tflite"));
      model.quantize(few);
      double postTraining = model.evaluate(test).accuracy();
      int qatEpochs = options.qatEpochs().orElse(QAT_EPOCHS);
      if (qatEpochs > 0) {
        model.fit(
            few, fit(qatEpochs, LEARNING_RATE * SLOWLY).learningRateFactor("backbone", SLOWLY));
      }
      Path file = model.exportInt8(folder.resolve("transfer.tflite"));
      Verification verification = model.verify(file, test);
      Comparison comparison =
          qatEpochs > 0
              ? verification.comparison(inFloat, postTraining)
              : verification.comparison(inFloat);
      Path report =
          new JsonReport()
              .put("example", command.name())
              .put("seed", options.seed())
              .put("provenance", Provenance.current(Versions.libraries()))
              .put("examples", few.size())
              .put("steps", rows)
              .put("results", comparison.rows())
              .put("verification", verification)
              .put("faithful", verification.isFaithful())
              .write(folder.resolve("report.json"));
      out.printf("%n%s%n%s%n%s%n", table(), comparison, verification.summary());
      Path page = model.report(folder.resolve("report.html"), test, page(verification));
      out.printf("written: %s, %s, %s, %s%n", file, floatFile, report, page);
      out.flush();
    }
  }

  /** Those of some digits, with the digits for names. */
  private static Dataset digits(Dataset all, int first, int end) {
    int[] indices =
        IntStream.range(0, all.size())
            .filter(i -> all.labels().classAt(i) >= first && all.labels().classAt(i) < end)
            .toArray();
    int[] classes =
        IntStream.of(indices).map(index -> all.labels().classAt(index) - first).toArray();
    List<String> names = IntStream.range(first, end).mapToObj(Integer::toString).toList();
    return new Dataset(all.features().subset(indices), Targets.classes(classes, names));
  }

  private static Fit<Examples> fit(int epochs, double learningRate) {
    return Fit.epochs(epochs)
        .batchSize(BATCH_SIZE)
        .optimizer(Optimizers.adam(learningRate))
        .progress(Progress.Style.SILENT);
  }

  private double note(String step, ThreeDigitsModel model) {
    double accuracy = model.evaluate(test).accuracy();
    rows.put(step, accuracy);
    return accuracy;
  }

  private TextTable table() {
    TextTable table = TextTable.of("with " + few.size() + " examples, in float", "accuracy");
    rows.forEach(
        (step, accuracy) -> table.row(step, String.format(Locale.ROOT, "%.2f %%", 100 * accuracy)));
    return table;
  }

  private ReportOptions page(Verification verification) {
    return ReportOptions.defaults()
        .title(command.name())
        .fact("training examples", few.size())
        .fact("test examples", test.size())
        .fact("seed", options.seed())
        .verification(verification);
  }
}
