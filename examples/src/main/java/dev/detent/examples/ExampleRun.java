package dev.detent.examples;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.tflite.Verification;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Measures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The way of every example: float training, post-training quantization, quantization-aware
 * fine-tuning, export, and the verification of the exported file in the real TensorFlow Lite.
 *
 * <p>It keeps its state in {@code checkpoints} below the folder that it writes to, in a folder for
 * each combination of epochs, seed and data: a run that was killed goes on when it is started
 * again, and one with other settings does not stumble over it.
 */
final class ExampleRun {
  private static final String CHECKPOINTS = "checkpoints";

  private final String name;
  private final CommonOptions options;
  private final Recipe recipe;
  private final PrintWriter out;
  private final int epochs;
  private final int qatEpochs;
  private final Path folder;
  private String origin = "";

  /**
   * A run of a command.
   *
   * @param command gives the run its name and takes what it prints
   * @param options what the command line says
   * @param recipe what holds where it says nothing
   * @throws IOException if the folder to write to cannot be made
   */
  ExampleRun(CommandSpec command, CommonOptions options, Recipe recipe) throws IOException {
    this.name = command.name();
    this.options = options;
    this.recipe = recipe;
    this.out = command.commandLine().getOut();
    this.epochs = options.epochs().orElse(recipe.epochs());
    this.qatEpochs = options.qatEpochs().orElse(recipe.qatEpochs());
    this.folder = options.out();
  }

  /**
   * Starts from weights that were not trained here.
   *
   * @param trained what they belong to, and their checksum: names files and tells checkpoints apart
   */
  ExampleRun startingFrom(String trained) {
    origin = trained;
    return this;
  }

  /**
   * Trains and deploys a model that nothing was done with yet, or that has its weights from
   * elsewhere.
   *
   * @throws IOException if a file cannot be written
   */
  void run(DetentModel<Dataset> model, Split data) throws IOException {
    long start = System.nanoTime();
    String fingerprint = data.train().fingerprint();
    announce(model.spec(), data);

    History floatTraining =
        model.fit(data.train(), fit(recipe.floatFit(epochs), data, "float" + epochs, fingerprint));
    Measures inFloat = model.evaluate(data.test());
    Path floatFile = model.exportFloat(folder.resolve(name + "_float.tflite"));

    model.quantize(calibration(data.train()));
    Measures postTraining = model.evaluate(data.test());

    History qatTraining = null;
    Measures qat = null;
    if (qatEpochs > 0) {
      String stage = "float" + epochs + "-qat" + qatEpochs;
      qatTraining =
          model.fit(data.train(), fit(recipe.qatFit(qatEpochs), data, stage, fingerprint));
      qat = model.evaluate(data.test());
    }
    Path int8File = model.exportInt8(folder.resolve(name + ".tflite"));
    Verification verification = model.verify(int8File, data.test());
    Comparison comparison =
        qat == null
            ? verification.comparison(inFloat.accuracy())
            : verification.comparison(inFloat.accuracy(), postTraining.accuracy());

    JsonReport report =
        new JsonReport()
            .put("example", name)
            .put("weights", origin.isEmpty() ? null : origin)
            .put("seed", options.seed())
            .put("provenance", Provenance.current(Versions.libraries()))
            .put("data", dataOf(data, fingerprint))
            .put("model", modelOf(model.spec()))
            .put("settings", settings(data))
            .put("training", trainingOf(floatTraining, qatTraining))
            .put("evaluation", evaluationOf(inFloat, postTraining, qat))
            .put("results", comparison.rows())
            .put("verification", verification)
            .put("faithful", verification.isFaithful())
            .put("seconds", (System.nanoTime() - start) / 1e9);
    Path reportFile = report.write(folder.resolve("report.json"));
    out.println();
    out.println(comparison);
    out.println(verification.summary());
    out.printf("written: %s, %s, %s%n", int8File, floatFile, reportFile);
    out.flush();
  }

  private void announce(ModelSpec spec, Split data) {
    out.printf(
        Locale.ROOT,
        "%s: %,d parameters, %,d multiply-accumulates%n",
        spec.name(),
        spec.parameters(),
        spec.multiplyAccumulates());
    out.printf(
        Locale.ROOT,
        "%,d examples to train on, %,d to validate, %,d to test; seed %d%n",
        data.train().size(),
        data.validation().size(),
        data.test().size(),
        options.seed());
    out.flush();
  }

  private Fit fit(Fit fit, Split data, String stage, String fingerprint) {
    String settings = stage + "-seed" + options.seed() + "-data" + fingerprint.substring(0, 8);
    return fit.validation(data.validation())
        .checkpoints(
            folder.resolve(CHECKPOINTS).resolve((origin.isEmpty() ? "" : origin + "-") + settings));
  }

  private Dataset calibration(Dataset train) {
    return train.sample(Math.min(Recipe.CALIBRATION_EXAMPLES, train.size()), options.seed());
  }

  // ---------------------------------------------------------------- the report

  private static Map<String, Object> dataOf(Split data, String fingerprint) {
    return ordered(
        "train", dataOf(data.train(), fingerprint),
        "validation", dataOf(data.validation(), data.validation().fingerprint()),
        "test", dataOf(data.test(), data.test().fingerprint()));
  }

  private static Map<String, Object> dataOf(Dataset part, String fingerprint) {
    return ordered("examples", part.size(), "sha256", fingerprint);
  }

  private static Map<String, Object> modelOf(ModelSpec spec) {
    return ordered(
        "name", spec.name(),
        "parameters", spec.parameters(),
        "multiplyAccumulates", spec.multiplyAccumulates());
  }

  private Map<String, Object> settings(Split data) {
    return ordered(
        "epochs",
        epochs,
        "qatEpochs",
        qatEpochs,
        "batchSize",
        recipe.batchSize(),
        "optimizer",
        recipe.optimizer().toString(),
        "qatLearningRateFactor",
        Fit.QAT_LEARNING_RATE_FACTOR,
        "rangeWarmUp",
        Fit.RANGE_WARM_UP,
        "batchNormFreeze",
        Fit.BATCH_NORM_FREEZE,
        "augmented",
        recipe.augmentation() != null,
        "calibrationExamples",
        calibration(data.train()).size());
  }

  private static Map<String, Object> trainingOf(History floatTraining, History qatTraining) {
    return ordered(
        "float",
        floatTraining.epochs(),
        "qat",
        qatTraining == null ? List.of() : qatTraining.epochs());
  }

  /** Loss and metrics of the training graph on the test examples. */
  private static Map<String, Object> evaluationOf(
      Measures inFloat, Measures postTraining, Measures qat) {
    return ordered("float", inFloat, "postTraining", postTraining, "qat", qat);
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
