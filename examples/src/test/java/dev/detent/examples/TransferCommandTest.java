package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TransferCommandTest {
  @TempDir private Path out;

  @Test
  void aBackboneLearnsNewClassesFromFewExamples() throws IOException {
    StringWriter printed = new StringWriter();
    int exitCode =
        new CommandLine(new TransferCommand(new TransferRun.Counts(2_000, 400, 60, 15)))
            .setOut(new PrintWriter(printed, true))
            .execute("--out=" + out, "--epochs=2", "--qat-epochs=1");

    assertThat(exitCode).isZero();
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    JsonObject steps = report.getAsJsonObject("steps");
    assertThat(steps.keySet())
        .containsExactly("from scratch", "new head on the frozen backbone", "all layers, slowly");
    // A head on features of other digits is far above chance, a third, where 60 examples are not.
    double head = steps.get("new head on the frozen backbone").getAsDouble();
    assertThat(head).isGreaterThan(0.6).isGreaterThan(steps.get("from scratch").getAsDouble());
    assertThat(report.get("faithful").getAsBoolean()).isTrue();
    assertThat(printed.toString()).contains("all layers, slowly", "int8 in TFLite, XNNPACK");
    assertThat(out.resolve("report.html")).content().contains("<h1>transfer</h1>");
  }

  @Test
  void dataOfOnesOwnAreOfNoUse() {
    CommandLineRun run = CommandLineRun.of("transfer", "--data=" + out);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--data is of no use: transfer draws its images itself");
  }
}
