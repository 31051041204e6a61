package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.report.JsonReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir private Path folder;

  /** In a process of its own: what is printed is the command's own words and nothing else. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void measuresBothNetworksAndTheReference() throws Exception {
    // Stands for the published file.
    try (ResNet8Model model = ResNet8Model.create(2)) {
      model.quantize(
          new Dataset(
              Features.bytes(new byte[32 * 32 * 3], 32, 32, 3), Targets.classes(new int[1], 10)));
      model.exportInt8(folder.resolve("pretrainedResnet_quant.tflite"));
    }

    ForkedRun run =
        ForkedRun.ofMain(
            folder,
            "bench",
            "--steps=1",
            "--rounds=1",
            "--images=6",
            "--reference=" + folder,
            "--out=" + folder);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Training steps of 32 images")
        .doesNotContain("tensorflow/")
        .contains("32 images", "1 rounds of 1 steps")
        .containsPattern("ResNet-8 .* ms .* ms .* ms")
        .containsPattern("MobileNetV1 0.25 .* ms .* ms .* ms")
        .containsPattern("read by 2 threads +\\d+ / s")
        .containsPattern("waiting for images +\\d+\\.\\d %")
        .containsPattern("XNNPACK .* ms .* ms")
        .containsPattern("BUILT_IN .* ms .* ms");
    JsonObject report = JsonReport.read(folder.resolve("report.json")).content();
    assertThat(report.getAsJsonObject("settings").get("batch").getAsInt()).isEqualTo(32);
    assertThat(report.getAsJsonArray("steps")).hasSize(2);
    assertThat(report.getAsJsonObject("reading").get("perSecond").getAsDouble()).isPositive();
    assertThat(report.getAsJsonObject("reading").get("waiting").getAsDouble()).isBetween(0.0, 1.0);
    assertThat(report.getAsJsonArray("latency")).hasSize(2);
    assertThat(report.getAsJsonObject("provenance").get("cores").getAsInt()).isPositive();
  }

  @Test
  void aFolderWithoutTheReferenceIsRefusedBeforeAnythingIsMeasured() {
    CommandLineRun run = CommandLineRun.of("bench", "--reference=" + folder);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(folder.toString(), "pretrainedResnet_quant.tflite")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void nothingToMeasureIsRefused() {
    CommandLineRun run = CommandLineRun.of("bench", "--steps=0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--steps 0", "1 or more");
    assertThat(CommandLineRun.of("bench", "--images=1").err())
        .contains("--images 1: must be 2 or more");
  }

  @Test
  void helpShowsTheOptions() {
    CommandLineRun run = CommandLineRun.of("bench", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--steps", "--rounds", "--reference", "--out");
  }
}
