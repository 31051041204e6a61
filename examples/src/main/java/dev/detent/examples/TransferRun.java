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
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.weights.ImportOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Transfer learning, as in Keras's guide of that name: a backbone that was trained on other
 * classes, a new head on top of it while it is frozen, then all layers slowly, then
 * quantization-aware training.
 */
final class TransferRun {
  static final String NAME = "transfer";

  /** Of the backbone, where nothing else is said. */
  static final int EPOCHS = 3;

  /** Of the fine-tuning, where nothing else is said. */
  static final int QAT_EPOCHS = 10;

  /** Digits from this one on are new. */
  private static final int FIRST_NEW = 7;

  private static final int CLASSES = 10;
  private static final int BATCH_SIZE = 16;
  private static final double LEARNING_RATE = 2e-3;

  /** The share of that rate for all layers, and for those of the backbone once more. */
  private static final double SLOWLY = 0.1;

  private final Counts counts;
  private final int epochs;
  private final int qatEpochs;
  private final long seed;
  private final Path folder;
  private final PrintWriter out;

  private Map<String, Double> rows;
  private Dataset few;
  private Dataset test;

  /**
   * How much is drawn and done.
   *
   * @param train digits to train the backbone on, and to take the few from
   * @param test digits to test with, of all classes
   * @param few examples of the new classes
   * @param epochs over those: of the head, and again of all layers
   */
  record Counts(int train, int test, int few, int epochs) {}

  /**
   * A run.
   *
   * @param counts how much is drawn and done
   * @param epochs of the backbone
   * @param qatEpochs of the fine-tuning
   * @param seed of all that is random
   * @param folder an existing one to write to
   * @param out takes what it prints
   */
  TransferRun(Counts counts, int epochs, int qatEpochs, long seed, Path folder, PrintWriter out) {
    this.counts = counts;
    this.epochs = epochs;
    this.qatEpochs = qatEpochs;
    this.seed = seed;
    this.folder = folder;
    this.out = out;
  }

  /**
   * Trains and deploys.
   *
   * @throws IOException if a file cannot be written
   */
  TrainedRow run() throws IOException {
    TrainTest drawn = DrawnDigits.draw(counts.train, counts.test, seed);
    Dataset known = digits(drawn.train(), 0, FIRST_NEW);
    few = digits(drawn.train(), FIRST_NEW, CLASSES).take(counts.few);
    test = digits(drawn.test(), FIRST_NEW, CLASSES);
    out.printf(
        Locale.ROOT,
        "%,d examples of the digits 0 to 6, %,d of 7 to 9; %,d of these to test; seed %d%n",
        known.size(),
        few.size(),
        test.size(),
        seed);
    out.flush();

    double seconds;
    Path backbone = folder.resolve("backbone.npz");
    try (SevenDigitsModel pretrained = SevenDigitsModel.create(seed)) {
      History history =
          pretrained.fit(known, Fit.epochs(epochs).optimizer(Optimizers.adam(LEARNING_RATE)));
      seconds = history.seconds();
      pretrained.save(backbone);
    }

    rows = new LinkedHashMap<>();
    Fit<Examples> training = fit(counts.epochs, LEARNING_RATE);
    try (ThreeDigitsModel fromScratch = ThreeDigitsModel.create(seed)) {
      fromScratch.fit(few, fit(2 * counts.epochs, LEARNING_RATE)); // as long as the two below
      note("from scratch", fromScratch);
    }
    try (ThreeDigitsModel model = ThreeDigitsModel.create(seed)) {
      model.importWeights(backbone, ImportOptions.byName().partial());
      model.trainable(false, "backbone");
      seconds += model.fit(few, training).seconds();
      note("new head on the frozen backbone", model);
      model.trainable(true, "*");
      seconds +=
          model
              .fit(
                  few,
                  fit(counts.epochs, LEARNING_RATE * SLOWLY).learningRateFactor("backbone", SLOWLY))
              .seconds();
      double inFloat = note("all layers, slowly", model);
      Path floatFile = model.exportFloat(folder.resolve(NAME + "_float.tflite"));
      model.quantize(few);
      double postTraining = model.evaluate(test).accuracy();
      if (qatEpochs > 0) {
        seconds +=
            model
                .fit(
                    few,
                    fit(qatEpochs, LEARNING_RATE * SLOWLY).learningRateFactor("backbone", SLOWLY))
                .seconds();
      }
      Path file = model.exportInt8(folder.resolve(NAME + ".tflite"));
      Verification verification = model.verify(file, test);
      Comparison comparison =
          qatEpochs > 0
              ? verification.comparison(inFloat, postTraining)
              : verification.comparison(inFloat);
      Path report =
          new JsonReport()
              .put("example", NAME)
              .put("seed", seed)
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
      OutputResult output = verification.output();
      return TrainedRow.of(
          NAME,
          "drawn digits 7 to 9",
          test.size(),
          new TrainedRow.Quality(
              inFloat,
              postTraining,
              null,
              qatEpochs > 0 ? output.quality().quantizedGraph() : null,
              null,
              output.quality().xnnpack(),
              output.quality().builtIn()),
          verification,
          output,
          seconds);
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
    rows.forEach((step, accuracy) -> table.row(step, Comparison.percent(accuracy)));
    return table;
  }

  private ReportOptions page(Verification verification) {
    return ReportOptions.defaults()
        .title(NAME)
        .fact("training examples", few.size())
        .fact("test examples", test.size())
        .fact("seed", seed)
        .verification(verification);
  }
}
