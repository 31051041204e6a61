package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.processor.Sources;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TensorInfo;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.verify.OutputResult;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that answer indices: trained as classifiers, and deployed with int32 outputs. */
class ArgMaxTest {
  private static ClassLoader models;

  @TempDir private Path folder;

  @BeforeAll
  static void compile() {
    models =
        CompiledModels.load(
            Sources.text(
                "Kinds",
                """
                import dev.detent.annotations.*;

                @Model
                @Quantize
                public class Kinds {
                  @Input(shape = {6, 6, 1}) Layer image;
                  @Conv2D(filters = 8, kernelSize = 3) @Relu Layer conv;
                  @Flatten Layer flat;
                  @Dense(units = 4) Layer logits;
                  @ArgMax Layer kind;
                }
                """),
            Sources.text(
                "Maps",
                """
                import dev.detent.annotations.*;

                @Model
                @Quantize
                public class Maps {
                  @Input(shape = {6, 6, 1}) Layer image;
                  @Conv2D(filters = 3, kernelSize = 1) Layer pixels;
                  @Permute(dims = {3, 1, 2}) Layer planes;
                  @ArgMax(axis = 1) Layer map;
                }
                """));
  }

  /** The one value of an output. */
  private static float[] predict(DetentModel<Dataset> model, float[] image)
      throws ReflectiveOperationException {
    var predict = model.getClass().getDeclaredMethod("predict", float[].class);
    predict.setAccessible(true);
    return (float[]) predict.invoke(model, image);
  }

  @Test
  void isTrainedByTheLayerThatItReadsAndDeployedAsAnIndex() throws Exception {
    Dataset train = CompiledModels.patterns(320, 1);
    Dataset test = CompiledModels.patterns(200, 2);
    try (DetentModel<Dataset> model = CompiledModels.create(models, "Kinds")) {
      model.fit(train, CompiledModels.fit(6));
      double inFloat = model.evaluate(test).accuracy();
      model.quantize(train);
      model.fit(train, CompiledModels.fit(1));

      // Chance is 1/4, with deviations of 3 points.
      assertThat(inFloat).isGreaterThan(0.5);
      double accuracy = model.evaluate(test).accuracy();
      int right = 0;
      for (int i = 0; i < test.size(); i++) {
        float[] image = new float[36];
        test.features().read(i, image, 0);
        right += predict(model, image)[0] == test.targets().get(0).classAt(i) ? 1 : 0;
      }
      assertThat(right / 200.0).isEqualTo(accuracy);
      assertThat(model.scores(test).classes("kind").confusion().accuracy()).isEqualTo(accuracy);

      for (ExportOptions options :
          List.of(
              ExportOptions.int8(),
              ExportOptions.int8().inputs(BorderType.UINT8).outputs(BorderType.FLOAT32),
              ExportOptions.int8().batch(4))) {
        Path file = model.export(folder.resolve("kinds.tflite"), options);
        assertThat(outputOf(file).type()).isEqualTo(ValueType.INT32);
        Verification verification = model.verify(file, test);
        assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
        OutputResult kind = verification.outputs().get(0);
        assertThat(kind.quality().isAccuracy()).isTrue();
        assertThat(kind.quality().quantizedGraph()).isEqualTo(accuracy);
        assertThat(kind.quality().file(Kernels.XNNPACK)).isEqualTo(accuracy);
        assertThat(kind.builtIn().answers()).isEqualTo(200);
        assertThat(kind.builtIn().sameTop1Share()).isEqualTo(1);
      }
      assertThat(outputOf(model.exportFloat(folder.resolve("float.tflite"))).type())
          .isEqualTo(ValueType.INT32);
      assertThat(model.toString()).containsPattern("kind \\(ArgMax\\) +\\(\\) +0 +int32");
      Path page = model.report(folder.resolve("kinds.html"), test);
      assertThat(Files.readString(page)).contains("<h2>Answers");
    }
  }

  /** Classes along the first axis, a class for each pixel. */
  @Test
  void findsTheClassOfEachPlaceAlongAnyAxis() throws Exception {
    Random random = new Random(3);
    float[][] images = new float[60][36];
    byte[][] maps = new byte[60][36];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < 36; k++) {
        maps[i][k] = (byte) random.nextInt(3);
        images[i][k] = maps[i][k] - 1 + (float) random.nextGaussian() * 0.1f;
      }
    }
    Dataset data =
        new Dataset(
            Features.of(images, 6, 6, 1), Targets.classMaps(maps, List.of("a", "b", "c"), 6, 6));
    try (DetentModel<Dataset> model = CompiledModels.create(models, "Maps")) {
      model.fit(data, CompiledModels.fit(60).batchSize(10));
      model.quantize(data);
      double accuracy = model.evaluate(data).accuracy();
      float[] first = predict(model, images[0]);
      Path file = model.exportInt8(folder.resolve("maps.tflite"));

      assertThat(accuracy).isGreaterThan(0.9);
      assertThat(first).hasSize(36);
      assertThat(Arrays.equals(first, predict(model, images[1]))).isFalse();
      assertThat(outputOf(file).shape()).containsExactly(1, 6, 6);
      Verification verification = model.verify(file, data);
      assertThat(verification.isFaithful()).as(verification.toString()).isTrue();
      assertThat(verification.outputs().get(0).quality().file(Kernels.BUILT_IN))
          .isCloseTo(accuracy, within(1e-6)); // a mean of floats
      model.report(folder.resolve("maps.html"), data);
    }
  }

  private static TensorInfo outputOf(Path file) {
    TfliteModelInfo info = TfliteFile.info(file);
    return info.tensors().get(info.outputs().get(0));
  }
}
