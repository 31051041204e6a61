package dev.detent.runtime;

import static dev.detent.runtime.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.train.Epoch;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.History;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.train.Losses;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.train.Optimizer;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.train.Schedule;
import dev.detent.runtime.train.TrainingException;
import dev.detent.runtime.weights.WeightException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as a user sees it: the façade, on a small model. */
class TrainingTest {
  private static final Dataset TRAIN = SmallClassifier.data(192, 1);
  private static final Dataset TEST = SmallClassifier.data(100, 2);

  @TempDir private Path folder;

  private static Fit<Examples> quiet(int epochs) {
    return epochs(epochs).batchSize(16).progress(Progress.Style.SILENT);
  }

  /** All that a model has learned, bit for bit. */
  static Map<String, List<Float>> state(TinyModel model) {
    Map<String, List<Float>> state = new LinkedHashMap<>();
    for (Variables.Variable variable : model.variables().all()) {
      if (variable.role() != Variables.Role.SLOT) {
        List<Float> values = new ArrayList<>();
        for (float value : model.variables().read(variable)) {
          values.add(value);
        }
        state.put(variable.name(), values);
      }
    }
    return state;
  }

  // ---------------------------------------------------------------- it learns

  @Test
  void learnsInFloatAndQuantized() {
    try (TinyModel model = SmallClassifier.create(3)) {
      var fit = quiet(8).optimizer(Optimizers.adam(0.01)).<Examples>validation(TEST);
      History floats = model.fit(TRAIN, fit);
      assertThat(floats.last().validation().accuracy()).isGreaterThan(0.9);
      model.quantize(TRAIN);
      History quantized = model.fit(TRAIN, quiet(2).<Examples>validation(TEST));
      assertThat(quantized.last().validation().accuracy()).isGreaterThan(0.9);
      assertThat(model.evaluate(TEST).accuracy())
          .isEqualTo(quantized.last().validation().accuracy());
    }
  }

  // ---------------------------------------------------------------- determinism

  @Test
  void sameSeedGivesTheSameBits() {
    assertThat(trained(7)).isEqualTo(trained(7)).isNotEqualTo(trained(8));
  }

  private static Map<String, List<Float>> trained(long seed) {
    try (TinyModel model = SmallClassifier.create(seed)) {
      model.fit(TRAIN, quiet(2));
      model.quantize(TEST);
      model.fit(TRAIN, quiet(2));
      return state(model);
    }
  }

  // ---------------------------------------------------------------- resumption

  /** Thrown from a listener, it ends the run at the worst moment: behind a checkpoint. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void resumedTrainingEndsWithTheSameBits() {
    for (Optimizer optimizer : List.of(Optimizers.adam(0.01), Optimizers.sgd(0.05, 0.9))) {
      Fit<Examples> floats = quiet(4).optimizer(optimizer);
      Fit<Examples> quantized = quiet(4);
      Map<String, List<Float>> whole;
      try (TinyModel model = SmallClassifier.create(5)) {
        model.fit(TRAIN, floats);
        model.quantize(TEST);
        model.fit(TRAIN, quantized);
        whole = state(model);
      }
      Path checkpoints = folder.resolve(optimizer.toString());
      List<Integer> numbers = new ArrayList<>();
      // Killed after every epoch of both trainings, in a new process each time as it were.
      for (int run = 0; run < 9; run++) {
        try (TinyModel model = SmallClassifier.create(5)) {
          try {
            History history = model.fit(TRAIN, killedAfterAnEpoch(floats, checkpoints, numbers));
            assertThat(history.epochs()).extracting(Epoch::number).containsExactly(1, 2, 3, 4);
            model.quantize(TEST);
            model.fit(TRAIN, killedAfterAnEpoch(quantized, checkpoints, numbers));
            assertThat(run).isEqualTo(8);
            assertThat(state(model)).isEqualTo(whole);
          } catch (Killed e) {
            assertThat(run).isLessThan(8);
          }
        }
      }
      assertThat(numbers).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    }
  }

  private static Fit<Examples> killedAfterAnEpoch(
      Fit<Examples> fit, Path checkpoints, List<Integer> numbers) {
    return fit.checkpoints(checkpoints)
        .onEpoch(
            epoch -> {
              numbers.add(epoch.number());
              throw new Killed();
            });
  }

  @Test
  void checkpointOfAnotherTrainingIsRefused() {
    Fit<Examples> fit = quiet(1).checkpoints(folder);
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, fit);
    }
    assertRefused(6, TRAIN, fit, "belongs to another training", "seed 5", "seed 6");
    assertRefused(5, SmallClassifier.data(192, 9), fit, "belongs to another training", "data ");
    assertRefused(5, TRAIN, fit.batchSize(8), "batch 16", "batch 8");
    assertRefused(5, TRAIN, quiet(2).checkpoints(folder), "1 epochs", "2 epochs");
    assertRefused(5, TRAIN, fit.optimizer(Optimizers.sgd(0.1)), "Adam", "Sgd");
    assertRefused(5, TRAIN, fit.schedule(Schedule.linear(0)), "schedule");
    assertRefused(
        5, TRAIN, fit.loss(Losses.categoricalCrossEntropy(0.1)), "categoricalCrossEntropy(0.1)");
    String other = "belongs to another training: there ";
    assertRefused(5, TRAIN, fit.augment(Augmentation.horizontalFlip()), other + "order and augm");
    assertRefused(5, TRAIN, fit.metrics(Metrics.topK(2)), other + "metrics [accuracy], here metr");
    assertRefused(
        5, TRAIN, fit.<Examples>validation(TEST), other + "no validation, here validation data ");
    assertRefused(5, TRAIN, fit.schedule(Schedule.cosine().after(1)), other + "schedule ");
    assertRefused(5, TRAIN, fit.optimizer(Optimizers.adam(0.002)), other + "Adam", "0.002");
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThat(model.fit(TRAIN, fit).epochs()).hasSize(1);
    }
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, quiet(1));
      model.set("logits/bias", 1, 2, 3, 4);
      assertRefused(() -> model.fit(TRAIN, fit), other + "weights at the start ");
    }
  }

  private static void assertRefused(long seed, Dataset data, Fit<Examples> fit, String... parts) {
    try (TinyModel model = SmallClassifier.create(seed)) {
      assertThatThrownBy(() -> model.fit(data, fit))
          .isInstanceOf(TrainingException.class)
          .hasMessageContainingAll(parts);
    }
  }

  @Test
  void damagedCheckpointIsRefused() throws IOException {
    Fit<Examples> fit = quiet(1).checkpoints(folder);
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, fit);
      Path file = folder.resolve("Tiny_float.npz");
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertThatThrownBy(() -> model.fit(TRAIN, fit))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(file + " is damaged");
    }
  }

  // ---------------------------------------------------------------- files of weights

  @Test
  void savedModelIsTheSame() {
    Path file = folder.resolve("weights.npz");
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel other = SmallClassifier.create(6)) {
      model.fit(TRAIN, quiet(1));
      model.save(file);
      other.load(file);
      assertThat(other.mode()).isEqualTo(Mode.FLOAT);
      assertThat(state(other)).isEqualTo(state(model));
      assertThatThrownBy(() -> other.mode(Mode.QUANTIZED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("quantize(calibration)");

      model.quantize(TEST);
      model.save(file);
      other.load(file);
      assertThat(other.mode()).isEqualTo(Mode.QUANTIZED);
      assertThat(state(other)).isEqualTo(state(model));
      assertThat(other.evaluate(TEST)).isEqualTo(model.evaluate(TEST));

      model.mode(Mode.FLOAT);
      model.save(file);
      other.load(file);
      assertThat(other.mode()).isEqualTo(Mode.FLOAT);
      other.mode(Mode.QUANTIZED);
    }
  }

  @Test
  void fileOfAnotherModelChangesNothing() throws IOException {
    Path file = folder.resolve("weights.npz");
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel dense = dense(3, 2)) {
      dense.save(file);
      Map<String, List<Float>> before = state(model);
      assertThatThrownBy(() -> model.load(file))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining(file + " holds no 'conv/kernel'; it belongs to another model");
      assertThat(state(model)).isEqualTo(before);
      try (TinyModel wider = dense(4, 2)) {
        assertThatThrownBy(() -> wider.load(file))
            .hasMessageContaining("holds 6 values for 'y/kernel', the model has 8");
      }
      assertThatThrownBy(() -> model.load(folder.resolve("none.npz")))
          .hasMessageContaining("there is no file");
      Files.write(file, new byte[] {1, 2, 3});
      assertThatThrownBy(() -> model.load(file)).hasMessageContaining("damaged");
    }
  }

  /** A flipped bit is told, or is in a place that holds nothing, as the copies of names. */
  @Test
  void damagedFileNeverLoads() throws IOException {
    Path file = folder.resolve("weights.npz");
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel other = SmallClassifier.create(5)) {
      model.save(file);
      byte[] bytes = Files.readAllBytes(file);
      Map<String, List<Float>> state = state(model);
      int told = 0;
      for (int at = 0; at < bytes.length; at += 23) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 4;
        Files.write(file, flipped);
        try {
          other.load(file);
        } catch (WeightException e) {
          assertThat(e).hasMessageStartingWith(file.toString());
          told++;
        }
        assertThat(state(other)).isEqualTo(state);
      }
      assertThat(told).isGreaterThan(bytes.length / 23 / 2);
    }
  }

  @Test
  void switchingModesKeepsWeights() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, quiet(1));
      Map<String, List<Float>> weights = weights(model);
      double floats = model.evaluate(TEST).loss();
      model.quantize(TEST);
      assertThat(weights(model)).isEqualTo(weights);
      double quantized = model.evaluate(TEST).loss();
      assertThat(quantized).isNotEqualTo(floats).isCloseTo(floats, within(0.1));
      model.mode(Mode.FLOAT);
      assertThat(model.evaluate(TEST).loss()).isEqualTo(floats);
      model.mode(Mode.QUANTIZED);
      assertThat(model.evaluate(TEST).loss()).isEqualTo(quantized);
      assertThat(weights(model)).isEqualTo(weights);
    }
  }

  private static Map<String, List<Float>> weights(TinyModel model) {
    Map<String, List<Float>> weights = state(model);
    weights.keySet().removeIf(name -> name.contains("/range/"));
    return weights;
  }

  // ---------------------------------------------------------------- the recipe of fine-tuning

  @Test
  void fineTuningTakesATenthOfTheRateBefore() {
    try (TinyModel model = SmallClassifier.create(5)) {
      Fit<Examples> constant = quiet(1).schedule(Schedule.constant());
      Epoch floats = model.fit(TRAIN, constant.optimizer(Optimizers.sgd(0.02, 0.9))).last();
      assertThat(floats.learningRate()).isEqualTo(0.02);
      model.quantize(TEST);
      assertThat(model.fit(TRAIN, constant).last().learningRate()).isCloseTo(0.002, within(1e-9));
      Epoch own = model.fit(TRAIN, constant.optimizer(Optimizers.adam(0.5))).last();
      assertThat(own.learningRate()).isEqualTo(0.5);
      // What a fine-tuning used does not become the float optimizer.
      assertThat(model.fit(TRAIN, constant).last().learningRate()).isCloseTo(0.002, within(1e-9));
    }
  }

  @Test
  void rangesAndStatisticsStandAfterTheirShare() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, quiet(2));
      model.quantize(TEST);
      List<List<Float>> ranges = new ArrayList<>();
      List<List<Float>> statistics = new ArrayList<>();
      ranges.add(state(model).get("conv/range/max"));
      statistics.add(state(model).get("conv/moving_mean"));
      Fit<Examples> fit =
          quiet(4)
              .rangeWarmUp(0.75)
              .batchNormFreeze(0.5)
              .onEpoch(
                  epoch -> {
                    ranges.add(state(model).get("conv/range/max"));
                    statistics.add(state(model).get("conv/moving_mean"));
                  });
      List<Float> kernel = state(model).get("conv/kernel");
      model.fit(TRAIN, fit);
      assertThat(state(model).get("conv/kernel")).isNotEqualTo(kernel);
      assertThat(ranges.subList(0, 4)).doesNotHaveDuplicates();
      assertThat(ranges.get(4)).isEqualTo(ranges.get(3));
      assertThat(statistics.subList(0, 3)).doesNotHaveDuplicates();
      assertThat(statistics.subList(2, 5)).containsOnly(statistics.get(2));
    }
  }

  // ---------------------------------------------------------------- what goes wrong

  @Test
  void lossThatIsNoNumberNamesTheFirstLayer() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.variables();
      float[] kernel = new float[8 * SmallClassifier.CLASSES];
      Arrays.fill(kernel, 3e38f);
      model.set("logits/kernel", kernel);
      Map<String, List<Float>> before = state(model);
      assertThatThrownBy(() -> model.fit(TRAIN, quiet(1)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("the loss of step 1 is not a number")
          .hasMessageContaining("first in layer 'logits'");
      // Nothing has moved, statistics included.
      assertThat(state(model)).isEqualTo(before);
    }
  }

  @Test
  void weightThatHasDivergedIsNamed() {
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      TRAIN,
                      quiet(3).optimizer(Optimizers.sgd(1e38)).schedule(Schedule.constant())))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("is not a number")
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void lossThatGrowsAMillionTimesIsDivergence() {
    Dataset line =
        new Dataset(
            Features.of(new float[][] {{1}, {2}, {3}, {4}}, 1),
            Targets.values(new float[] {1, 2, 3, 4}));
    Path kept = folder.resolve("kept");
    Fit<Examples> fit = quiet(100).schedule(Schedule.constant()).optimizer(Optimizers.sgd(0.2));
    try (TinyModel model = dense(1, 1)) {
      assertRefused(
          () -> model.fit(line, fit.checkpoints(kept)),
          "the training has diverged: its loss was ",
          "lower the learning rate");
      model.variables();
      model.set("y/kernel", 1);
      model.set("y/bias", 0);
      // From a loss of almost 0 there is a long way to a million.
      model.fit(line, quiet(1).optimizer(Optimizers.sgd(0.01)));
      model.set("y/kernel", 20);
      model.fit(line, quiet(1).optimizer(Optimizers.sgd(0.01)));
    }
  }

  @Test
  void inputThatIsNoNumberIsNamed() {
    float[][] images = new float[32][36];
    images[31][4] = Float.NaN;
    Dataset broken = new Dataset(Features.of(images, 6, 6, 1), Targets.classes(new int[32], 4));
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThatThrownBy(() -> model.fit(broken, quiet(1).batchSize(32)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("input 'image' has values that are no numbers");
      assertThatThrownBy(() -> model.quantize(broken))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("input 'image' has values that are no numbers");
      assertThat(model.mode()).isEqualTo(Mode.FLOAT);
    }
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    try (TinyModel model = SmallClassifier.create(5)) {
      Dataset empty = TRAIN.take(0);
      assertRefused(() -> model.fit(empty, quiet(1)), "the data set is empty");
      assertRefused(() -> model.evaluate(empty), "the data set is empty");
      assertRefused(() -> model.quantize(empty), "the data set is empty");
      assertRefused(() -> model.fit(TRAIN, quiet(1).validation(empty)), "the data set is empty");
      Dataset small =
          new Dataset(Features.of(new float[2][16], 4, 4, 1), Targets.classes(new int[2], 4));
      assertRefused(() -> model.fit(small, quiet(1)), "'image'", "[6, 6, 1]", "[4, 4, 1]");
      Dataset many =
          new Dataset(Features.of(new float[2][36], 6, 6, 1), Targets.classes(new int[2], 5));
      assertRefused(() -> model.fit(many, quiet(1)), "'logits'", "4 classes", "have 5");
      Dataset values =
          new Dataset(Features.of(new float[2][36], 6, 6, 1), Targets.values(new float[2][3], 3));
      assertRefused(() -> model.fit(values, quiet(1)), "'logits' has 4 values, the targets 3");
      assertRefused(
          () -> model.fit(TRAIN, quiet(1).loss("lgits", Losses.meanSquaredError())),
          "'lgits'",
          "[logits]");
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(TrainingException.class).hasMessageContainingAll(parts);
  }

  @Test
  void exportNeedsRanges() {
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("call quantize(calibration)");
    }
  }

  // ---------------------------------------------------------------- steps

  @Test
  void lastBatchThatIsNotFullIsLeftOutAndFewExamplesAreOneBatch() {
    try (TinyModel model = SmallClassifier.create(5)) {
      assertThat(model.fit(TRAIN.take(40), quiet(1)).last().training().examples()).isEqualTo(32);
      assertThat(model.fit(TRAIN.take(5), quiet(1)).last().training().examples()).isEqualTo(5);
      assertThat(model.evaluate(TEST).examples()).isEqualTo(100);
    }
  }

  /** So many losses that the graph is built anew, in the middle of a training, too. */
  @Test
  void aGraphThatIsBuiltAnewTrainsToTheSameBits() {
    Fit<Examples> fit = quiet(3).optimizer(Optimizers.sgd(0.05, 0.9));
    try (TinyModel model = SmallClassifier.create(5);
        TinyModel undisturbed = SmallClassifier.create(5)) {
      undisturbed.fit(TRAIN, fit);
      model.fit(
          TRAIN,
          fit.onEpoch(
              epoch -> {
                for (int i = 0; i < 20; i++) {
                  model.evaluate(TEST.take(4), quiet(0).loss(Losses.huber(epoch.number() + i)));
                }
              }));
      assertThat(state(model)).isEqualTo(state(undisturbed));
      assertThat(model.evaluate(TEST)).isEqualTo(undisturbed.evaluate(TEST));
      model.quantize(TEST);
      undisturbed.quantize(TEST);
      model.evaluate(TEST, quiet(0).loss(Losses.huber(0.5)));
      assertThat(model.fit(TRAIN, fit).last().training())
          .isEqualTo(undisturbed.fit(TRAIN, fit).last().training());
    }
  }

  @Test
  void plainProgressIsOneLineAnEpoch() {
    PrintStream out = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try (TinyModel model = SmallClassifier.create(5)) {
      var fit =
          quiet(2).<Examples>validation(TEST).checkpoints(folder).progress(Progress.Style.PLAIN);
      model.fit(TRAIN, fit);
      model.fit(TRAIN, fit);
      model.fit(TRAIN, quiet(2));
    } finally {
      System.setOut(out);
    }
    String line =
        "loss [0-9.]+  accuracy [0-9.]+  validation loss [0-9.]+  accuracy [0-9.]+"
            + "  [0-9,]+ samples/s  [0-9.:]+ (s|min)";
    assertThat(text.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            first -> assertThat(first).matches("float 1/2  " + line + "  .* left"),
            second -> assertThat(second).matches("float 2/2  " + line),
            third -> assertThat(third).contains("resumes after epoch 2 from", "Tiny_float.npz"));
  }

  @Test
  void progressAndFindingsGoWhereTheyAreSent() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, epochs(1).output(out));
      model.evaluate(TRAIN.scaled(100), epochs(0).output(out));
    }
    assertThat(text.toString(StandardCharsets.UTF_8))
        .containsPattern("^float 1/1  loss")
        .contains("Evaluating Tiny found:", "unlike what the model was trained on");
  }

  // ---------------------------------------------------------------- batch norm

  /**
   * Batch norm behind a kernel that is quantized per channel is the folded kernel quantized per
   * channel: same integers, negated where the factor is negative, scales times the factor.
   */
  @Test
  void foldingBatchNormIsExact() {
    try (TinyModel model = SmallClassifier.create(5)) {
      model.fit(TRAIN, quiet(1).optimizer(Optimizers.adam(0.02)));
      model.set("conv/gamma", 1, -1, 0.001f, -3, 1, 2, 1e-5f, 0.5f);
      float[] kernel = model.get("conv/kernel");
      float[] variance = model.get("conv/moving_variance");
      float[] gamma = model.get("conv/gamma");
      model.quantize(TEST);
      var folded = GraphValues.fetch(model.modelGraph(), true).weights("conv");
      for (int c = 0; c < 8; c++) {
        float largest = 0;
        for (int i = c; i < kernel.length; i += 8) {
          largest = Math.max(largest, Math.abs(kernel[i]));
        }
        double factor = gamma[c] / Math.sqrt(variance[c] + 0.001);
        assertThat(folded.scales()[c])
            .isCloseTo((float) (largest / 127 * Math.abs(factor)), within(1e-6f * 0.1f));
        for (int i = c; i < kernel.length; i += 8) {
          double raw = Math.floor(kernel[i] / (largest / 127f) + 0.5f);
          assertThat(folded.kernel()[i]).isEqualTo((float) (Math.signum(factor) * raw));
        }
      }
    }
  }

  /** On a batch whose statistics are the moving ones, training computes what is deployed. */
  @Test
  void batchNormInTrainingIsTheFoldedOne() {
    int n = 64 * 36;
    try (TinyModel model = SmallClassifier.create(5)) {
      Dataset batch = TRAIN.take(64);
      model.variables();
      model.set("conv/bias", 1, -1, 0.5f, 0, 2, 0.1f, 0, 1);
      model.set("conv/gamma", 1, -1, 0.1f, -3, 1, 2, 1e-3f, 0.5f);
      model.quantize(batch);
      // So often that the moving statistics are the batch's: 0.9^200 is 7e-10.
      model.fit(
          batch,
          quiet(200)
              .batchSize(64)
              .batchNormFreeze(1)
              .rangeWarmUp(0)
              .optimizer(Optimizers.sgd(1e-30)));
      // TensorFlow's moving variance has Bessel's correction, the normalization has not.
      float[] variance = model.get("conv/moving_variance");
      for (int c = 0; c < variance.length; c++) {
        variance[c] *= (n - 1f) / n;
      }
      model.set("conv/moving_variance", variance);
      float[] training = layer(model, batch, new Pass(true, true, false, false));
      float[] deployed = layer(model, batch, Pass.QUANTIZED);
      float range = model.get("conv/range/max")[0];
      int different = 0;
      for (int i = 0; i < deployed.length; i++) {
        assertThat(training[i]).isCloseTo(deployed[i], within(1.01f * range / 255));
        different += Math.abs(training[i] - deployed[i]) > range / 1000 ? 1 : 0;
      }
      // The bias is rounded in the deployed graph only: by half a bias step, some 1e-4 steps.
      assertThat(different).isLessThan(deployed.length / 200);
    }
  }

  private static float[] layer(TinyModel model, Dataset batch, Pass pass) {
    List<float[]> found = new ArrayList<>();
    Inference.run(
        model.graph(),
        batch,
        batch.size(),
        List.of(new Inference.Query(pass, List.of("conv"))),
        (b, values) -> found.add(values.get(0).get(0)));
    return found.get(0);
  }

  // ---------------------------------------------------------------- penalties

  /** One dense layer, for arithmetic by hand. */
  static TinyModel dense(int inputs, int units) {
    return new TinyModel(
        n ->
            n.output(
                "y",
                n.fullyConnected("y", n.input("x").output(inputs))
                    .kernel(inputs, units)
                    .bias(Initializer.ZEROS)
                    .output(units)),
        1);
  }

  @Test
  void nothingToQuantizeIsSaid() {
    Dataset data =
        new Dataset(Features.of(new float[][] {{1, 2}}, 2), Targets.values(new float[1]));
    try (TinyModel model = dense(2, 1)) {
      assertRefused(() -> model.quantize(data), "Tiny has no quantized layer", "@Quantize");
    }
  }

  @Test
  void l1AndL2AreAddedInTrainingOnly() {
    try (TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.fullyConnected("y", n.input("x").output(2))
                        .kernel(2, 1)
                        .kernelL1(0.25)
                        .kernelL2(0.5)
                        .output(1)),
            1)) {
      model.variables();
      model.set("y/kernel", 3, -1);
      Dataset one =
          new Dataset(Features.of(new float[][] {{1, 2}}, 2), Targets.values(new float[] {0}));
      assertThat(model.evaluate(one).loss()).isEqualTo(1); // (3 - 2 - 0)^2
      Fit<Examples> fit = quiet(1).optimizer(Optimizers.sgd(0.01)).schedule(Schedule.constant());
      // + 0.25 * (3 + 1) + 0.5 * (9 + 1)
      assertThat(model.fit(one, fit).last().training().loss()).isCloseTo(7, within(1e-6));
      // gradient: 2 * 1 * x + 0.25 * sign(w) + 2 * 0.5 * w
      assertThat(model.get("y/kernel"))
          .containsExactly(new float[] {3 - 0.01f * 5.25f, -1 - 0.01f * 2.75f}, within(1e-6f));
    }
  }
}
