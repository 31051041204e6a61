package dev.detent.examples.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import dev.detent.runtime.verify.Verification;
import dev.detent.runtime.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trains, quantizes, fine-tunes and exports networks of many layers, and runs the files. */
class LayersTest {
  private static final int EXAMPLES = 48;

  @TempDir private Path folder;
  private final Random random = new Random(6);

  @Test
  void squeezeExcitation() {
    try (SqueezeExcitationModel model = SqueezeExcitationModel.create(1)) {
      deployed(
          model,
          new Dataset(features(8, 8, 3), classes(4)),
          verification -> {},
          operations ->
              assertThat(operations)
                  .containsEntry("MUL", 3)
                  .containsEntry("RESHAPE", 1) // the row, beside an image
                  .containsEntry("SUB", 1)
                  .containsEntry("ADD", 3)
                  .containsEntry("MAXIMUM", 2)
                  .containsEntry("MINIMUM", 1)
                  .doesNotContainKeys("QUANTIZE", "DEQUANTIZE"));
    }
  }

  @Test
  void rearrangement() {
    try (RearrangementModel model = RearrangementModel.create(2)) {
      deployed(
          model,
          new Dataset(features(8, 6, 2), classes(4)),
          verification -> {},
          operations ->
              assertThat(operations)
                  .containsEntry("SPLIT", 1) // two parts of one tensor
                  .containsEntry("STRIDED_SLICE", 4) // two crops, a slice, and a part alone
                  .containsEntry("RESIZE_NEAREST_NEIGHBOR", 2)
                  .containsEntry("RESIZE_BILINEAR", 2)
                  .containsEntry("TILE", 1)
                  // The sum cannot have the range of what it adds up, beside which it is put.
                  .containsEntry("QUANTIZE", 1));
    }
  }

  @Test
  void manyOutputs() {
    try (ManyOutputsModel model = ManyOutputsModel.create(3)) {
      deployed(
          model,
          manyOutputsData(),
          verification -> {
            assertThat(verification.output("image").builtIn().equalShare()).isEqualTo(1);
            assertThat(verification.output("dropped").builtIn())
                .isEqualTo(verification.output("left").builtIn());
          },
          operations -> assertThat(operations).doesNotContainKeys("QUANTIZE", "DEQUANTIZE"));
      ManyOutputsModel.Outputs outputs = model.predict(new float[32]);
      assertThat(outputs.image()).containsOnly(0);
      assertThat(outputs.dropped()).isEqualTo(outputs.left());
    }
  }

  /** An input that is an output has the type of either side there. */
  @ParameterizedTest
  @EnumSource(BorderType.class)
  void inputIsOutputInEveryType(BorderType type) {
    try (ManyOutputsModel model = ManyOutputsModel.create(3)) {
      ManyOutputsModel.Data data = manyOutputsData();
      model.quantize(data);
      Path file =
          model.export(
              folder.resolve("typed.tflite"), ExportOptions.int8().inputs(type).outputs(type));
      Verification verification = model.verify(file, data, VerifyOptions.defaults().latencyRuns(0));
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.output("image").builtIn().equalShare()).isEqualTo(1);
      assertThat(verification.output("image").xnnpack().equalShare()).isEqualTo(1);
    }
  }

  @Test
  void conflicts() {
    try (ConflictsModel model = ConflictsModel.create(4)) {
      deployed(
          model,
          new ConflictsModel.Data(features(6), values(20), values(10)),
          LayersTest::isAlmostExact,
          operations -> assertThat(operations).containsEntry("QUANTIZE", 1));
    }
  }

  @Test
  void partlyFloat() {
    try (PartlyFloatModel model = PartlyFloatModel.create(5)) {
      deployed(
          model,
          new Dataset(features(6, 6, 2), classes(3)),
          verification -> {},
          operations ->
              assertThat(operations)
                  .containsEntry("SPLIT", 2) // of integers and of float
                  .containsEntry("MUL", 2));
    }
  }

  /** The float file of the same network, on its float kernels. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void floatFilesComputeTheSame(Kernels kernels) {
    try (SqueezeExcitationModel model = SqueezeExcitationModel.create(7)) {
      isTheSame(model, model::predict, kernels, random(8, 8, 3));
    }
    try (RearrangementModel model = RearrangementModel.create(8)) {
      isTheSame(model, model::predict, kernels, random(8, 6, 2));
    }
    try (PartlyFloatModel model = PartlyFloatModel.create(9)) {
      isTheSame(model, model::predict, kernels, random(6, 6, 2));
    }
  }

  private void isTheSame(
      DetentModel<Dataset> model,
      UnaryOperator<float[]> predict,
      Kernels kernels,
      float[][] examples) {
    Path file = model.exportFloat(folder.resolve("float.tflite"));
    try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, kernels)) {
      for (float[] example : examples) {
        interpreter.setInput(0, example);
        interpreter.invoke();
        float[] wanted = predict.apply(example);
        // Layer by layer sums of at most a few hundred products, in float: 1e-7 of each.
        assertThat(interpreter.outputFloats(0)).containsExactly(wanted, within(1e-4f));
      }
    }
  }

  private ManyOutputsModel.Data manyOutputsData() {
    return new ManyOutputsModel.Data(
        features(4, 4, 2),
        values(4, 4, 2),
        values(4, 4, 3),
        values(4, 4, 3),
        values(2, 2, 5),
        classes(3),
        classes(2));
  }

  private <D extends Examples> void deployed(
      DetentModel<D> model,
      D data,
      Consumer<Verification> isRight,
      Consumer<Map<String, Integer>> operations) {
    Fit<Examples> fit = Fit.epochs(2).batchSize(16).progress(Progress.Style.SILENT);
    model.fit(data, fit);
    model.quantize(data);
    model.fit(data, fit);
    Path file = model.exportInt8(folder.resolve("int8.tflite"));
    Verification verification = model.verify(file, data, VerifyOptions.defaults().latencyRuns(0));
    // What a few steps of training on random numbers leave to a scale that is shared is no fault.
    assertThat(verification.departures()).as("%s", verification).isEmpty();
    isRight.accept(verification);
    // Files of other batches: what one by one is right is right at once. The last one is filled up.
    for (ExportOptions options :
        List.of(ExportOptions.int8().batch(7), ExportOptions.int8().dynamicBatch())) {
      Path batched = model.export(folder.resolve("batched.tflite"), options);
      Verification ofBatches = model.verify(batched, data, VerifyOptions.defaults().latencyRuns(0));
      assertThat(ofBatches.departures()).as("%s", ofBatches).isEmpty();
      assertThat(ofBatches.outputs()).isEqualTo(verification.outputs());
      assertThat(ofBatches.layers()).isEqualTo(verification.layers());
    }
    operations.accept(TfliteFile.info(file).histogram());
  }

  /** Of few operations that round: as one of them, at least 99% equal. */
  private static void isAlmostExact(Verification verification) {
    for (OutputResult output : verification.outputs()) {
      assertThat(output.builtIn().equalShare()).as("%s", verification).isGreaterThanOrEqualTo(0.99);
    }
  }

  private Features features(int... shape) {
    return Features.of(random(shape), shape);
  }

  private Targets values(int... shape) {
    return Targets.values(random(shape), shape);
  }

  private Targets classes(int count) {
    return Targets.classes(random.ints(EXAMPLES, 0, count).toArray(), count);
  }

  private float[][] random(int... shape) {
    int size = 1;
    for (int each : shape) {
      size *= each;
    }
    float[][] values = new float[EXAMPLES][size];
    for (float[] example : values) {
      for (int i = 0; i < size; i++) {
        example[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
