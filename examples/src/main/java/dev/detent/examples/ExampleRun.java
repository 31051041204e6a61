package dev.detent.examples;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.ReportOptions;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.quantizer.Percentile;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Callbacks;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.verify.TfliteInterpreter;
import dev.detent.runtime.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
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
  private final Recipe recipe;
  private final PrintWriter out;
  private final long seed;
  private final Path folder;
  private String origin = "";
  private FileMetric second;
  private boolean measuresPercentile;
  private LongFunction<DetentModel<Dataset>> pupil;

  /**
   * What came out.
   *
   * @param inFloat of the float model on the test examples
   * @param postTraining after post-training quantization
   * @param percentile the same with ranges by {@link Percentile}; null if that was not asked for
   * @param qat after fine-tuning; null if there was none
   * @param taught after fine-tuning with the float model as teacher; null if that was not asked for
   * @param verification of the int8 file
   * @param int8File the file
   * @param trainingSeconds that all epochs took but those with a teacher
   */
  record Outcome(
      Measures inFloat,
      Measures postTraining,
      Measures percentile,
      Measures qat,
      Measures taught,
      Verification verification,
      Path int8File,
      double trainingSeconds) {}

  /**
   * A run.
   *
   * @param name of the files that it writes
   * @param recipe what is done
   * @param seed of all that is random
   * @param folder an existing one to write to
   * @param out takes what it prints
   */
  ExampleRun(String name, Recipe recipe, long seed, Path folder, PrintWriter out) {
    this.name = name;
    this.recipe = recipe;
    this.seed = seed;
    this.folder = folder;
    this.out = out;
  }

  /**
   * The run of a command.
   *
   * @param command gives the run its name and takes what it prints
   * @param options what the command line says
   * @param recipe what holds where it says nothing
   * @throws IOException if the folder to write to cannot be made
   */
  static ExampleRun of(CommandSpec command, CommonOptions options, Recipe recipe)
      throws IOException {
    return new ExampleRun(
        command.name(),
        recipe.with(options.epochs(), options.qatEpochs()),
        options.seed(),
        options.out(),
        command.commandLine().getOut());
  }

  /** Has post-training quantization measured with ranges by {@link Percentile} too. */
  ExampleRun withPercentile() {
    measuresPercentile = true;
    return this;
  }

  /**
   * Has the same float weights fine-tuned a second time, with the float model as teacher.
   *
   * @param create makes a model of the same class
   */
  ExampleRun withTeacher(LongFunction<DetentModel<Dataset>> create) {
    pupil = create;
    return this;
  }

  /** Has this measured beside the accuracy; null for nothing. */
  ExampleRun with(FileMetric metric) {
    second = metric;
    return this;
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
  Outcome run(DetentModel<Dataset> model, Split data) throws IOException {
    int epochs = recipe.epochs();
    int qatEpochs = recipe.qatEpochs();
    long start = System.nanoTime();
    String fingerprint = data.train().fingerprint();
    History floatTraining = trainInFloat(model, data, fingerprint);
    Measures inFloat = evaluate(model, data);
    Path floatFile = model.exportFloat(folder.resolve(name + "_float.tflite"));
    Measures taught = pupil == null || qatEpochs == 0 ? null : teach(model, data, fingerprint);

    Measures percentile = null;
    if (measuresPercentile) {
      model.quantize(calibration(data.train()), new Percentile());
      percentile = evaluate(model, data);
    }
    model.quantize(calibration(data.train()));
    Measures postTraining = evaluate(model, data);

    History qatTraining = null;
    Measures qat = null;
    if (qatEpochs > 0) {
      String stage = "float" + epochs + "-qat" + qatEpochs;
      qatTraining =
          model.fit(data.train(), fit(recipe.qatFit(qatEpochs), "qat", data, stage, fingerprint));
      qat = evaluate(model, data);
    }
    Path int8File = model.exportInt8(folder.resolve(name + ".tflite"));
    Verification verification = model.verify(int8File, data.test());
    Comparison comparison =
        qat == null
            ? verification.comparison(inFloat.accuracy())
            : verification.comparison(inFloat.accuracy(), postTraining.accuracy());

    Map<String, Double> secondRows = secondOf(int8File, data, inFloat, postTraining, qat);

    JsonReport report =
        new JsonReport()
            .put("example", name)
            .put("weights", origin.isEmpty() ? null : origin)
            .put("seed", seed)
            .put("provenance", Provenance.current(Versions.libraries()))
            .put("data", dataOf(data, fingerprint))
            .put("model", modelOf(model.spec()))
            .put("settings", settings(data))
            .put("training", trainingOf(floatTraining, qatTraining))
            .put("evaluation", evaluationOf(inFloat, postTraining, percentile, qat, taught))
            .put("results", comparison.rows())
            .put("verification", verification)
            .put("faithful", verification.isFaithful())
            .put("seconds", (System.nanoTime() - start) / 1e9);
    if (second != null) {
      report.put("secondMeasure", secondRows);
    }
    Path reportFile = report.write(folder.resolve("report.json"));
    out.println();
    out.println(comparison);
    if (second != null) {
      out.println(tableOf(secondRows));
    }
    out.println(verification.summary());
    Path page = model.report(folder.resolve("report.html"), data.test(), page(data, verification));
    out.printf("written: %s, %s, %s, %s%n", int8File, floatFile, reportFile, page);
    out.flush();
    double trainingSeconds =
        floatTraining.seconds() + (qatTraining == null ? 0 : qatTraining.seconds());
    return new Outcome(
        inFloat, postTraining, percentile, qat, taught, verification, int8File, trainingSeconds);
  }

  /** Fine-tunes a copy of a model that is trained in float, which stays as it is. */
  private Measures teach(DetentModel<Dataset> trained, Split data, String fingerprint)
      throws IOException {
    Path weights = folder.resolve(name + "_float.npz");
    trained.save(weights);
    int epochs = recipe.qatEpochs();
    try (DetentModel<Dataset> model = pupil.apply(seed)) {
      model.load(weights);
      model.quantize(calibration(data.train()));
      out.printf("with the float model as teacher:%n");
      out.flush();
      model.fit(
          data.train(),
          fit(
              recipe
                  .qatFit(epochs)
                  .optimizer(recipe.optimizerOfQat())
                  .floatTeacher(Recipe.TEACHER_TEMPERATURE, Recipe.TEACHER_WEIGHT),
              "taught",
              data,
              "float" + recipe.epochs() + "-taught" + epochs,
              fingerprint));
      return evaluate(model, data);
    } finally {
      Files.deleteIfExists(weights);
    }
  }

  private ReportOptions page(Split data, Verification verification) {
    return ReportOptions.defaults()
        .title(name)
        .fact("training examples", data.train().size())
        .fact("validation examples", data.validation().size())
        .fact("test examples", data.test().size())
        .fact("batch size", recipe.batchSize())
        .fact("optimizer", recipe.optimizer())
        .fact("seed", seed)
        .verification(verification);
  }

  /** The first part of {@link #run} alone: float training, or its checkpoint. */
  void trainInFloat(DetentModel<Dataset> model, Split data) {
    trainInFloat(model, data, data.train().fingerprint());
  }

  private History trainInFloat(DetentModel<Dataset> model, Split data, String fingerprint) {
    announce(model.spec(), data);
    int epochs = recipe.epochs();
    return model.fit(
        data.train(), fit(recipe.floatFit(epochs), "float", data, "float" + epochs, fingerprint));
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
        seed);
    out.flush();
  }

  private Measures evaluate(DetentModel<Dataset> model, Split data) {
    return second == null
        ? model.evaluate(data.test())
        : model.evaluate(data.test(), Fit.epochs(0).metrics(Metrics.accuracy(), second.metric()));
  }

  /** The second measure of each form of the model, with the names of the comparison. */
  private Map<String, Double> secondOf(
      Path int8File, Split data, Measures inFloat, Measures postTraining, Measures qat) {
    Map<String, Double> rows = new LinkedHashMap<>();
    if (second == null) {
      return rows;
    }
    String metric = second.metric().name();
    rows.put("float", inFloat.metrics().get(metric));
    rows.put("post-training quantization", postTraining.metrics().get(metric));
    if (qat != null) {
      rows.put("quantization-aware training", qat.metrics().get(metric));
    }
    for (Kernels kernels : List.of(Kernels.XNNPACK, Kernels.BUILT_IN)) {
      try (TfliteInterpreter int8 = TfliteInterpreter.open(int8File, kernels)) {
        String name = kernels == Kernels.XNNPACK ? "XNNPACK" : "built-in kernels";
        rows.put("int8 in TFLite, " + name, second.of(int8, data.test()));
      }
    }
    return rows;
  }

  private TextTable tableOf(Map<String, Double> rows) {
    TextTable table = TextTable.of("model", second.title(), "against float");
    double inFloat = rows.get("float");
    rows.forEach(
        (name, value) ->
            table.row(name, Comparison.percent(value), Comparison.points(value - inFloat)));
    return table;
  }

  private Fit<Dataset> fit(Fit<?> fit, String form, Split data, String stage, String fingerprint) {
    String settings = stage + "-seed" + seed + "-data" + fingerprint.substring(0, 8);
    return fit.validation(data.validation())
        .callback(Callbacks.csvLog(folder.resolve(name + "_" + form + ".csv")))
        .checkpoints(
            folder.resolve(CHECKPOINTS).resolve((origin.isEmpty() ? "" : origin + "-") + settings));
  }

  private Dataset calibration(Dataset train) {
    return Recipe.calibration(train, seed);
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
        recipe.epochs(),
        "qatEpochs",
        recipe.qatEpochs(),
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
      Measures inFloat, Measures postTraining, Measures percentile, Measures qat, Measures taught) {
    Map<String, Object> evaluation =
        ordered("float", inFloat, "postTraining", postTraining, "qat", qat);
    if (percentile != null) {
      evaluation.put("postTrainingPercentile", percentile);
    }
    if (taught != null) {
      evaluation.put("qatWithTeacher", taught);
    }
    return evaluation;
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
