package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivityCommandTest {
  @TempDir private Path data;
  @TempDir private Path out;

  @Test
  void measuresWeightsAndActivations() throws IOException {
    SmallData.digits(data, 400, 60);

    CommandLineRun run = run("--widths=8,2", "--examples=50", "--bytes=12000");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Digits on 50 examples, one layer's weights at a time")
        .contains("Digits on 50 examples, one layer's activations at a time")
        .contains("weights in no more than 12,000 bytes:");
    JsonObject report = JsonReport.read(out.resolve("sensitivity.json")).content();
    JsonObject assignment = report.getAsJsonObject("assignment");
    assertThat(assignment.keySet()).isNotEmpty();
    assertThat(assignment.asMap().values())
        .allSatisfy(bits -> assertThat(bits.getAsInt()).isIn(8, 2));
    assertThat(report.getAsJsonObject("activations").getAsJsonArray("entries").size()).isPositive();

    assertThat(out.resolve("sensitivity.html"))
        .content()
        .contains("<h1>sensitivity of digits</h1>", "Change of the loss at 2 bits", "12,000 bytes");

    FileTime trained = Files.getLastModifiedTime(checkpoint());
    assertThat(run("--widths=4").exitCode()).isZero();
    assertThat(Files.getLastModifiedTime(checkpoint())).isEqualTo(trained);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    SmallData.digits(data, 400, 60);

    assertThat(run("--widths=1").err()).contains("--widths [1]: each must be from 2 to 16");
    assertThat(run("--examples=0").err()).contains("--examples 0: must be 1 or more");
    assertThat(run("--bytes=1").err()).contains("--bytes: the weights of Digits take");
    assertThat(CommandLineRun.of("sensitivity", "unet", "--data=" + data).err())
        .contains("--data is of no use: unet draws its images itself");
    CommandLineRun unknown = CommandLineRun.of("sensitivity", "digit");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("no example 'digit'; there are digits, resnet8");
  }

  private Path checkpoint() throws IOException {
    try (Stream<Path> files = Files.walk(out.resolve("checkpoints"))) {
      return files.filter(file -> file.endsWith("Digits_float.npz")).findFirst().orElseThrow();
    }
  }

  private CommandLineRun run(String... more) {
    String[] all = new String[more.length + 5];
    all[0] = "sensitivity";
    all[1] = "digits";
    all[2] = "--data=" + data;
    all[3] = "--out=" + out;
    all[4] = "--epochs=1";
    System.arraycopy(more, 0, all, 5, more.length);
    return CommandLineRun.of(all);
  }
}
