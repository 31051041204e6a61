package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.detent.runtime.data.Idx;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.tflite.interpreter.TfliteModelInfo;
import dev.detent.runtime.tflite.interpreter.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCommandsTest {
  @TempDir private Path data;
  @TempDir private Path out;

  @Test
  void digitsTrainsOnIdxFilesAndReportsWhatItPrints() throws IOException {
    SmallData.digits(data, 400, 60);

    CommandLineRun run =
        CommandLineRun.of(
            "digits", "--data=" + data, "--out=" + out, "--epochs=3", "--qat-epochs=1", "--seed=5");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    assertThat(report.get("example").getAsString()).isEqualTo("digits");
    assertThat(report.get("seed").getAsLong()).isEqualTo(5);
    assertThat(report.getAsJsonObject("provenance").keySet())
        .contains("date", "java", "os", "cpu", "cores");
    assertThat(report.getAsJsonObject("provenance").getAsJsonObject("libraries").keySet())
        .containsExactly("TensorFlow", "TensorFlow Lite");
    Split split = Split.of(Idx.read(data).scaled(1f / 255), 5);
    JsonObject parts = report.getAsJsonObject("data");
    assertPart(parts.getAsJsonObject("train"), 360, split.train().fingerprint());
    assertPart(parts.getAsJsonObject("validation"), 40, split.validation().fingerprint());
    assertPart(parts.getAsJsonObject("test"), 60, split.test().fingerprint());
    JsonObject training = report.getAsJsonObject("training");
    assertThat(training.getAsJsonArray("float")).hasSize(3);
    assertThat(training.getAsJsonArray("qat")).hasSize(1);
    assertThat(stages(report))
        .containsExactly(
            "float",
            "post-training quantization",
            "quantization-aware training",
            "int8 in TFLite, XNNPACK",
            "int8 in TFLite, built-in kernels");
    assertThat(row(report, 0).get("bytes").getAsLong())
        .isEqualTo(Files.size(out.resolve("digits_float.tflite")));
    assertThat(row(report, 3).get("bytes").getAsLong())
        .isEqualTo(Files.size(out.resolve("digits.tflite")));
    assertThat(row(report, 3).get("latencyMillis").getAsDouble()).isPositive();
    for (JsonElement row : report.getAsJsonArray("results")) {
      String line =
          run.out()
              .lines()
              .filter(each -> each.startsWith(row.getAsJsonObject().get("name").getAsString()))
              .findFirst()
              .orElseThrow();
      double accuracy = row.getAsJsonObject().get("accuracy").getAsDouble();
      // Well above chance, 0.1, after 33 steps: seeds differ between 0.3 and 0.8.
      assertThat(accuracy).isBetween(0.2, 1.0);
      assertThat(line).contains(String.format(Locale.ROOT, "%.2f %%", 100 * accuracy));
    }
  }

  private static void assertPart(JsonObject part, int examples, String fingerprint) {
    assertThat(part.get("examples").getAsInt()).isEqualTo(examples);
    assertThat(part.get("sha256").getAsString()).isEqualTo(fingerprint);
  }

  @Test
  void digitsDrawsItsOwnDataWithoutFineTuningWhereNoneIsWanted() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("digits", "--out=" + out, "--epochs=1", "--qat-epochs=0");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    assertThat(stages(report))
        .containsExactly(
            "float",
            "post-training quantization",
            "int8 in TFLite, XNNPACK",
            "int8 in TFLite, built-in kernels");
    assertThat(report.getAsJsonObject("training").getAsJsonArray("qat")).isEmpty();
    TfliteModelInfo file = TfliteModelInfo.of(out.resolve("digits.tflite"));
    assertThat(file.tensors().get(file.inputs().get(0)).type()).isEqualTo(ValueType.INT8);
    assertThat(file.tensors().get(file.outputs().get(0)).type()).isEqualTo(ValueType.INT8);
    TfliteModelInfo floatFile = TfliteModelInfo.of(out.resolve("digits_float.tflite"));
    assertThat(floatFile.tensors()).noneMatch(tensor -> tensor.isQuantized());
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "inception"})
  void photographsAreTrainedOn(String name) throws IOException {
    SmallData.photographs(data, 10, 4, 2, 32);

    CommandLineRun run =
        CommandLineRun.of(name, "--data=" + data, "--out=" + out, "--epochs=1", "--qat-epochs=1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    assertThat(report.get("example").getAsString()).isEqualTo(name);
    assertThat(stages(report)).hasSize(5);
    assertThat(out.resolve(name + ".tflite")).isRegularFile();
    assertThat(out.resolve(name + "_float.tflite")).isRegularFile();
    assertThat(run.out()).contains("36 examples to train on, 4 to validate, 20 to test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "inception"})
  void photographsHaveToBeGiven(String name) {
    CommandLineRun run = CommandLineRun.of(name);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--data DIR is missing").contains("examples/run " + name);
  }

  @Test
  void missingFilesAreNamed() {
    CommandLineRun digits = CommandLineRun.of("digits", "--data=" + data, "--out=" + out);
    assertThat(digits.exitCode()).isEqualTo(1);
    assertThat(digits.err())
        .contains(data.toString(), "train-images-idx3-ubyte.gz")
        .hasLineCount(1);

    CommandLineRun resnet8 = CommandLineRun.of("resnet8", "--data=" + data, "--out=" + out);
    assertThat(resnet8.exitCode()).isEqualTo(1);
    assertThat(resnet8.err()).contains(data.toString(), "train.zip").hasLineCount(1);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws IOException {
    SmallData.photographs(data, 10, 2, 1, 16);

    CommandLineRun run = CommandLineRun.of("resnet8", "--data=" + data, "--out=" + out);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("[32, 32, 3]", "[16, 16, 3]").hasLineCount(1);
  }

  @Test
  void moreClassesThanTheModelHasAreRefused() throws IOException {
    SmallData.photographs(data, 11, 2, 1, 32);

    CommandLineRun run = CommandLineRun.of("inception", "--data=" + data, "--out=" + out);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("10 classes", "11").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "resnet8", "inception"})
  void helpShowsTheOptions(String name) {
    CommandLineRun run = CommandLineRun.of(name, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: examples/run " + name)
        .contains("--data", "--epochs", "--qat-epochs", "--out", "--seed");
  }

  private static List<String> stages(JsonObject report) {
    return report.getAsJsonArray("results").asList().stream()
        .map(row -> row.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private static JsonObject row(JsonObject report, int index) {
    return report.getAsJsonArray("results").get(index).getAsJsonObject();
  }
}
