package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.detent.examples.bits.Combination;
import dev.detent.runtime.report.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitsCommandTest {
  @TempDir private Path data;
  @TempDir private Path out;

  @Test
  void measuresEachCombinationAndKeepsWhatIsFinished() throws IOException {
    SmallData.photographs(data, 10, 12, 4, 32);

    CommandLineRun all = run();

    assertThat(all.err()).isEmpty();
    assertThat(all.exitCode()).isZero();
    JsonArray rows = rows();
    assertThat(rows).hasSize(Combination.values().length);
    for (Combination combination : Combination.values()) {
      JsonObject row = rows.get(combination.ordinal()).getAsJsonObject();
      assertThat(row.get("qat").getAsDouble()).as(combination.name()).isBetween(0.0, 1.0);
      assertThat(row.get("bytes").isJsonNull()).isEqualTo(!combination.deploys());
      if (combination.deploys()) {
        assertThat(row.get("faithful").getAsBoolean()).as(combination.name()).isTrue();
        assertThat(row.get("bytes").getAsLong()).isEqualTo(Files.size(file(combination)));
      }
    }
    assertThat(out.resolve("report.html"))
        .content()
        .contains("<h1>bits</h1>", "Wrong answers in %", "Size in KB", "8/8, LSQ");
    // What the narrow weights are for.
    assertThat(Files.size(file(Combination.INT4_WEIGHTS_LSQ)))
        .isLessThan(65 * Files.size(file(Combination.INT8_LSQ)) / 100);

    Path removed = out.resolve("rows/INT4_LSQ.json");
    Files.delete(removed);
    FileTime kept = Files.getLastModifiedTime(out.resolve("rows/INT8_LSQ.json"));
    CommandLineRun again = run();

    assertThat(again.exitCode()).isZero();
    assertThat(removed).exists();
    assertThat(Files.getLastModifiedTime(out.resolve("rows/INT8_LSQ.json"))).isEqualTo(kept);
    assertThat(again.out()).contains("4/4, LSQ").doesNotContain("8/8, LSQ");
    assertThat(rows()).hasSameSizeAs(rows);
  }

  @Test
  void combinationsAreNamed() throws IOException {
    SmallData.photographs(data, 10, 12, 4, 32);

    CommandLineRun run = CommandLineRun.of("bits", "--data=" + data, "--out=" + out, "--only=INT4");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("INT4_LSQ");
  }

  private CommandLineRun run() {
    return CommandLineRun.of(
        "bits", "--data=" + data, "--out=" + out, "--epochs=1", "--qat-epochs=1");
  }

  private JsonArray rows() {
    return JsonReport.read(out.resolve("report.json")).content().getAsJsonArray("rows");
  }

  private Path file(Combination combination) {
    return out.resolve(combination.name().toLowerCase().replace('_', '-') + ".tflite");
  }
}
