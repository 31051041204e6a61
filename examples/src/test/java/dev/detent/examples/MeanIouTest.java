package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeanIouTest {
  @TempDir private Path out;

  @Test
  void isTheMeanOverTheClassesThatAnswerOrExampleHave() {
    // Answers 0, 1, 1 and, of two equal ones the first, 0.
    byte[] answer = {9, 1, 0, 0, 5, 1, -3, -1, -2, 4, 4, 1};

    // Class 0: 1 of 2; class 1: 1 of 3.
    assertThat(MeanIou.ofExample(answer, new int[] {0, 1, 0, 1}, 3))
        .isCloseTo((1.0 / 3 + 1.0 / 3) / 2, within(1e-12));
    assertThat(MeanIou.ofExample(answer, new int[] {0, 1, 1, 0}, 3)).isEqualTo(1);
    // Class 0: 2 of 2; class 1: 1 of 2; class 2: 0 of 1.
    assertThat(MeanIou.ofExample(answer, new int[] {0, 1, 2, 0}, 3))
        .isCloseTo((1 + 0.5 + 0) / 3, within(1e-12));
  }

  @Test
  void standsBesideTheAccuracyOfEachFormOfTheModel() throws IOException {
    StringWriter printed = new StringWriter();
    int exitCode =
        TrainingCommand.of(Training.unet(100, 20))
            .setOut(new PrintWriter(printed, true))
            .execute("--out=" + out, "--epochs=1", "--qat-epochs=1");

    assertThat(exitCode).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    JsonObject second = report.getAsJsonObject("secondMeasure");
    assertThat(second.keySet())
        .containsExactly(
            "float",
            "post-training quantization",
            "quantization-aware training",
            "int8 in TFLite, XNNPACK",
            "int8 in TFLite, built-in kernels");
    for (String name : second.keySet()) {
      double value = second.get(name).getAsDouble();
      assertThat(value).isBetween(0.0, 1.0);
      assertThat(printed.toString().lines())
          .anyMatch(
              line ->
                  line.startsWith(name)
                      && line.contains(String.format(Locale.ROOT, "%.2f %%", 100 * value)));
    }
    // The file against its graph, of 20 images, in some of which a class is one pixel large.
    assertThat(second.get("int8 in TFLite, built-in kernels").getAsDouble())
        .isCloseTo(second.get("quantization-aware training").getAsDouble(), within(0.05));
    assertThat(report.getAsJsonArray("results")).hasSize(5);
  }

  @Test
  void dataOfOnesOwnAreOfNoUse() {
    CommandLineRun run = CommandLineRun.of("unet", "--data=" + out);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--data is of no use");
  }
}
