package dev.detent.examples;

import dev.detent.examples.detection.DrawnScenes;
import dev.detent.examples.detection.ShapeDetector;
import dev.detent.examples.detection.ShapeDetectorModel;
import dev.detent.runtime.ReportOptions;
import dev.detent.runtime.Versions;
import dev.detent.runtime.data.ExampleSet;
import dev.detent.runtime.detection.Detection;
import dev.detent.runtime.detection.DetectionScores;
import dev.detent.runtime.detection.DetectionView;
import dev.detent.runtime.detection.Detector;
import dev.detent.runtime.report.Comparison;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.report.Provenance;
import dev.detent.runtime.report.TextTable;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Callbacks;
import dev.detent.runtime.train.DetectionLosses;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.verify.TfliteInterpreter;
import dev.detent.runtime.verify.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small single-shot detector is trained, quantized, deployed and measured. */
final class DetectorRun {
  static final String NAME = "ssd";

  static final Recipe RECIPE = new Recipe(7, 1, 32, Optimizers.adam(3e-3), null);

  /** For each anchor with an object, so many of the background (Liu et al., 2016). */
  private static final double NEGATIVES = 3;

  private static final String FLOAT = "float";
  private static final String POST_TRAINING = "post-training quantization";
  private static final String QAT = "quantization-aware training";
  private static final String XNNPACK = "int8 in TFLite, XNNPACK";
  private static final String BUILT_IN = "int8 in TFLite, built-in kernels";

  private static final String SCORES = "scores";
  private static final String BOXES = "boxes";

  private final int trainCount;
  private final int testCount;
  private final Recipe recipe;
  private final long seed;
  private final Path folder;
  private final PrintWriter out;

  private ShapeDetectorModel model;
  private DrawnScenes test;

  /**
   * A run.
   *
   * @param trainCount images that are drawn to train on and to validate
   * @param testCount images that are drawn to test
   * @param recipe what is done
   * @param seed of all that is random
   * @param folder an existing one to write to
   * @param out takes what it prints
   */
  DetectorRun(
      int trainCount, int testCount, Recipe recipe, long seed, Path folder, PrintWriter out) {
    this.trainCount = trainCount;
    this.testCount = testCount;
    this.recipe = recipe;
    this.seed = seed;
    this.folder = folder;
    this.out = out;
  }

  /**
   * How well a form of the model detects.
   *
   * @param map COCO's mean average precision, 0 to 1
   * @param ap50 its average precision where an overlap of a half is enough, 0 to 1
   */
  private record Row(double map, double ap50) {}

  /** A form of the model. */
  private interface Answering {
    /** Scores and boxes of an image, from 0 to 1. */
    float[][] to(float[] image);
  }

  /**
   * Trains and deploys.
   *
   * @throws IOException if a file cannot be written
   */
  TrainedRow run() throws IOException {
    ExampleSet.Parts<ShapeDetectorModel.Data> parts =
        DrawnScenes.draw(trainCount, seed).data().split(Split.TRAIN_SHARE, seed);
    test = DrawnScenes.draw(testCount, ~seed);
    ShapeDetectorModel.Data testData = test.data();
    out.printf(
        Locale.ROOT,
        "%,d images to train on, %,d to validate, %,d to test; seed %d%n",
        parts.train().size(),
        parts.test().size(),
        testCount,
        seed);
    out.flush();
    Map<String, Row> rows = new LinkedHashMap<>();
    try (ShapeDetectorModel created = ShapeDetectorModel.create(seed)) {
      model = created;
      int epochs = recipe.epochs();
      History floatTraining =
          model.fit(parts.train(), fit(recipe.floatFit(epochs), "float", parts, "float" + epochs));
      rows.put(FLOAT, measure(this::predict));
      Path floatFile = model.exportFloat(folder.resolve(NAME + "_float.tflite"));
      model.quantize(
          parts.train().sample(Math.min(Recipe.CALIBRATION_EXAMPLES, parts.train().size()), seed));
      rows.put(POST_TRAINING, measure(this::predict));
      History qatTraining = null;
      if (recipe.qatEpochs() > 0) {
        String stage = "float" + epochs + "-qat" + recipe.qatEpochs();
        qatTraining =
            model.fit(parts.train(), fit(recipe.qatFit(recipe.qatEpochs()), "qat", parts, stage));
        rows.put(QAT, measure(this::predict));
      }
      Path file = model.exportInt8(folder.resolve(NAME + ".tflite"));
      rows.put(XNNPACK, measure(file, Kernels.XNNPACK));
      rows.put(BUILT_IN, measure(file, Kernels.BUILT_IN));
      Verification verification = model.verify(file, testData);
      Path report =
          new JsonReport()
              .put("example", NAME)
              .put("seed", seed)
              .put("provenance", Provenance.current(Versions.libraries()))
              .put("trainingData", parts.train().fingerprint())
              .put("parameters", model.spec().parameters())
              .put("multiplyAccumulates", model.spec().multiplyAccumulates())
              .put("epochs", epochs)
              .put("qatEpochs", recipe.qatEpochs())
              .put("optimizer", recipe.optimizer().toString())
              .put("floatTraining", floatTraining.epochs())
              .put("qatTraining", qatTraining == null ? List.of() : qatTraining.epochs())
              .put("results", rows)
              .put("verification", verification)
              .put("faithful", verification.isFaithful())
              .write(folder.resolve("report.json"));
      out.printf("%n%s%n%s%n", table(rows), verification.summary());
      Path page = model.report(folder.resolve("report.html"), testData, page(rows, verification));
      out.printf("written: %s, %s, %s, %s%n", file, floatFile, report, page);
      out.flush();
      return row(rows, verification, floatTraining, qatTraining);
    }
  }

  private TrainedRow row(
      Map<String, Row> rows,
      Verification verification,
      History floatTraining,
      History qatTraining) {
    Row qat = rows.get(QAT);
    return TrainedRow.of(
        NAME,
        "drawn shapes",
        testCount,
        new TrainedRow.Quality(
            rows.get(FLOAT).map,
            rows.get(POST_TRAINING).map,
            null,
            qat == null ? null : qat.map,
            null,
            rows.get(XNNPACK).map,
            rows.get(BUILT_IN).map),
        verification,
        verification.output(SCORES),
        floatTraining.seconds() + (qatTraining == null ? 0 : qatTraining.seconds()));
  }

  private Fit<ShapeDetectorModel.Data> fit(
      Fit<?> fit, String form, ExampleSet.Parts<ShapeDetectorModel.Data> parts, String stage) {
    return fit.loss(SCORES, DetectionLosses.crossEntropy(NEGATIVES))
        .loss(BOXES, DetectionLosses.smoothL1())
        .validation(parts.test())
        .callback(Callbacks.csvLog(folder.resolve(NAME + "_" + form + ".csv")))
        .checkpoints(
            folder
                .resolve("checkpoints")
                .resolve("%s-seed%d-images%d".formatted(stage, seed, parts.train().size())));
  }

  private float[][] predict(float[] image) {
    ShapeDetectorModel.Outputs answer = model.predict(image);
    return new float[][] {answer.scores(), answer.boxes()};
  }

  private Row measure(Path file, Kernels kernels) {
    try (TfliteInterpreter tflite = TfliteInterpreter.open(file, kernels)) {
      return measure(
          image -> {
            tflite.setInput(0, image);
            tflite.invoke();
            return new float[][] {tflite.outputFloats(0), tflite.outputFloats(1)};
          });
    }
  }

  private Row measure(Answering answering) {
    Detector detector = Detector.of(ShapeDetector.ANCHORS);
    List<List<Detection>> found = new ArrayList<>();
    float[] image = new float[test.images().elements()];
    for (int i = 0; i < test.images().size(); i++) {
      test.images().read(i, image, 0);
      float[][] answer = answering.to(image);
      found.add(detector.detect(answer[0], answer[1]));
    }
    DetectionScores scores = DetectionScores.of(test.objects(), found, DrawnScenes.CLASSES);
    return new Row(scores.meanAveragePrecision(), scores.ap50());
  }

  private static TextTable table(Map<String, Row> rows) {
    TextTable table = TextTable.of("model", "mAP", "AP50", "mAP against float");
    double inFloat = rows.get(FLOAT).map;
    rows.forEach(
        (name, row) ->
            table.row(
                name,
                Comparison.percent(row.map),
                Comparison.percent(row.ap50),
                Comparison.points(row.map - inFloat)));
    return table;
  }

  private ReportOptions page(Map<String, Row> rows, Verification verification) {
    ReportOptions options =
        ReportOptions.defaults()
            .title(NAME)
            .verification(verification)
            .detections(
                DetectionView.of(
                    Detector.of(ShapeDetector.ANCHORS),
                    SCORES,
                    BOXES,
                    test.objects(),
                    DrawnScenes.CLASSES));
    for (Map.Entry<String, Row> row : rows.entrySet()) {
      options =
          options.fact(
              "mAP / AP50, " + row.getKey(),
              Comparison.percent(row.getValue().map)
                  + " / "
                  + Comparison.percent(row.getValue().ap50));
    }
    return options;
  }
}
