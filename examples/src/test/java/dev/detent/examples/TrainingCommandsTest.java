package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.detent.runtime.data.Idx;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.tflite.ValueType;
import dev.detent.runtime.verify.TfliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    assertThat(report.getAsJsonObject("settings").get("epochs").getAsInt()).isEqualTo(3);
    assertThat(report.getAsJsonObject("settings").get("qatEpochs").getAsInt()).isEqualTo(1);
    assertThat(report.getAsJsonObject("settings").get("optimizer").getAsString())
        .startsWith("Adam[learningRate=0.004");
    assertVerification(report, run.out());
    assertThat(Files.readAllLines(out.resolve("digits.log")))
        .anyMatch(line -> line.startsWith("float 3/3  loss "))
        .anyMatch(line -> line.startsWith("QAT 1/1  loss "))
        .containsSubsequence(run.out().lines().toList());
    JsonObject evaluation = report.getAsJsonObject("evaluation");
    assertThat(evaluation.getAsJsonObject("float").get("loss").getAsDouble()).isPositive();
    // The verification's quantized graph is what the training measures, in float.
    assertThat(row(report, 2).get("accuracy").getAsDouble())
        .isEqualTo(
            evaluation
                .getAsJsonObject("qat")
                .getAsJsonObject("metrics")
                .get("accuracy")
                .getAsDouble(),
            within(1e-6));
    assertThat(row(report, 0).get("bytes").getAsLong())
        .isEqualTo(Files.size(out.resolve("digits_float.tflite")));
    assertThat(row(report, 3).get("bytes").getAsLong())
        .isEqualTo(Files.size(out.resolve("digits.tflite")));
    assertThat(row(report, 3).get("latencyMillis").getAsDouble()).isPositive();
    assertThat(Files.readAllLines(out.resolve("digits_float.csv"))).hasSize(1 + 3);
    assertThat(Files.readAllLines(out.resolve("digits_qat.csv"))).hasSize(1 + 1);
    assertThat(out.resolve("report.html"))
        .content()
        .contains("<h1>digits</h1>", "3 epochs in float", "Confusion, int8 in TFLite, XNNPACK");
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

  private static void assertVerification(JsonObject report, String printed) {
    JsonObject verification = report.getAsJsonObject("verification");
    assertThat(verification.get("examples").getAsInt()).isEqualTo(60);
    assertThat(report.get("faithful").getAsBoolean())
        .isEqualTo(verification.getAsJsonArray("findings").isEmpty());
    assertThat(verification.getAsJsonArray("layers").asList())
        .extracting(layer -> layer.getAsJsonObject().get("layer").getAsString())
        .containsExactly("image", "conv1", "pool1", "conv2", "pool2", "flat", "logits");
    assertThat(verification.getAsJsonArray("latencies")).hasSize(2);
    JsonObject output = verification.getAsJsonArray("outputs").get(0).getAsJsonObject();
    for (String pair : List.of("builtIn", "xnnpack", "betweenKernels")) {
      assertThat(output.getAsJsonObject(pair).get("values").getAsInt()).isEqualTo(600);
    }
    // Whether a network that has seen 360 digits once loses by quantization is a matter of chance.
    assertThat(printed)
        .contains(
            report.get("faithful").getAsBoolean()
                ? "The file computes what was trained."
                : "The file computes what the quantized graph does.");
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
    TfliteModelInfo file = TfliteFile.info(out.resolve("digits.tflite"));
    assertThat(file.tensors().get(file.inputs().get(0)).type()).isEqualTo(ValueType.INT8);
    assertThat(file.tensors().get(file.outputs().get(0)).type()).isEqualTo(ValueType.INT8);
    TfliteModelInfo floatFile = TfliteFile.info(out.resolve("digits_float.tflite"));
    assertThat(floatFile.tensors()).noneMatch(tensor -> tensor.isQuantized());
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet8", "inception", "mobilenet-v3", "vit"})
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
  @ValueSource(strings = {"resnet8", "inception", "mobilenet-v3", "vit"})
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

  @Test
  void anImageThatIsCorruptInAZipIsNamed() throws IOException {
    SmallData.photographs(data, 10, 2, 1, 32);
    zip(data.resolve("train"), "class03/1.png");

    CommandLineRun run = CommandLineRun.of("resnet8", "--data=" + data, "--out=" + out);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("train.zip", "class03/1.png", "is corrupt").hasLineCount(1);
    assertOnlyLogs();
  }

  /** Zips a folder and deletes it; one file in it loses its second half. */
  private static void zip(Path from, String truncated) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(from.resolveSibling("train.zip")));
        Stream<Path> all = Files.walk(from)) {
      List<Path> files = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          String name = from.relativize(file).toString();
          byte[] bytes = Files.readAllBytes(file);
          out.putNextEntry(new ZipEntry(name));
          out.write(bytes, 0, name.equals(truncated) ? bytes.length / 2 : bytes.length);
          out.closeEntry();
        }
        Files.delete(file);
      }
    }
  }

  @Test
  void anEmptyDataSetIsRefused() throws IOException {
    SmallData.noDigits(data);
    CommandLineRun digits = CommandLineRun.of("digits", "--data=" + data, "--out=" + out);
    assertThat(digits.exitCode()).isEqualTo(1);
    assertThat(digits.err())
        .contains("train-images-idx3-ubyte is empty: it holds 0 images")
        .hasLineCount(1);

    Files.createDirectories(data.resolve("train/cat"));
    Files.createDirectories(data.resolve("test/cat"));
    CommandLineRun resnet8 = CommandLineRun.of("resnet8", "--data=" + data, "--out=" + out);
    assertThat(resnet8.exitCode()).isEqualTo(1);
    assertThat(resnet8.err()).contains(data.resolve("train").toString()).hasLineCount(1);
    assertOnlyLogs();
  }

  @Test
  void aTruncatedIdxFileIsNamed() throws IOException {
    SmallData.digits(data, 20, 5);
    Path images = data.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 5_000));

    CommandLineRun run = CommandLineRun.of("digits", "--data=" + data, "--out=" + out);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(images.toString(), "truncated").hasLineCount(1);
    assertOnlyLogs();
    assertThat(out.resolve("digits.log")).content().endsWith(run.err());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedBeforeAnythingIsTrained() throws IOException {
    SmallData.digits(data, 20, 5);
    Path file = Files.createFile(out.resolve("file"));

    CommandLineRun run =
        CommandLineRun.of("digits", "--data=" + data, "--out=" + file.resolve("below"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("--out " + file.resolve("below") + ": the folder cannot be made: ")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aModelThatCannotBeWrittenLeavesNothingHalfWritten() throws IOException {
    SmallData.digits(data, 40, 10);
    // A folder stands where the file is to be.
    Files.createDirectories(out.resolve("digits.tflite"));

    CommandLineRun run =
        CommandLineRun.of(
            "digits", "--data=" + data, "--out=" + out, "--epochs=1", "--qat-epochs=0");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(out.resolve("digits.tflite") + " cannot be written: it is a folder")
        .hasLineCount(1);
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "checkpoints",
              "digits.log",
              "digits.tflite",
              "digits_float.csv",
              "digits_float.tflite");
    }
  }

  /** Nothing was written but why. */
  private void assertOnlyLogs() throws IOException {
    try (Stream<Path> written = Files.walk(out)) {
      assertThat(written.filter(Files::isRegularFile))
          .isNotEmpty()
          .allMatch(file -> file.toString().endsWith(".log"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "resnet8", "inception", "mobilenet-v3", "vit", "unet"})
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
