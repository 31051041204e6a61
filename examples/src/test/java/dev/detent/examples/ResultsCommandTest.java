package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCommandTest {
  @TempDir private Path data;
  @TempDir private Path out;

  @Test
  void writesOneRowForEachModelAndKeepsWhatIsFinished() throws IOException {
    SmallData.digits(Files.createDirectories(data.resolve("mnist-10k")), 200, 40);
    SmallData.photographs(Files.createDirectories(data.resolve("cifar10")), 10, 4, 2, 32);

    CommandLineRun all = run("digits,resnet8,mobilenet-v2,ds-cnn,Autoencoder");

    assertThat(all.err()).isEmpty();
    assertThat(all.exitCode()).isZero();
    assertThat(all.out()).contains("ds-cnn: left out, as --data has no spoken-digits");
    List<String> page = Files.readAllLines(out.resolve("RESULTS.md"));
    assertThat(cells(page, "| `digits` | MNIST, 40 |")).hasSize(9);
    assertThat(cells(page, "| `resnet8` | CIFAR-10, 20 |")).hasSize(9);
    assertThat(cells(page, "| `mobilenet-v2` | CIFAR-10, 20 |")).hasSize(9);
    assertThat(page).noneMatch(line -> line.contains("ds-cnn` |"));
    // MLPerf Tiny's reference has these 16 operations, and ours was never larger.
    assertThat(page)
        .anyMatch(
            line ->
                line.matches(
                    "\\| `resnet8` \\|.* 315\\.2 / 87\\.8 KB .* 16 \\| 1 AVERAGE_POOL_2D, 1 SOFTMAX \\|.*"));
    assertThat(cells(page, "| Autoencoder | 269,992 | 0.26 M |")).hasSize(9);

    FileTime kept = Files.getLastModifiedTime(out.resolve("rows/resnet8.json"));
    Files.delete(out.resolve("rows/digits.json"));
    CommandLineRun again = run("digits,resnet8");

    assertThat(again.exitCode()).isZero();
    assertThat(Files.getLastModifiedTime(out.resolve("rows/resnet8.json"))).isEqualTo(kept);
    assertThat(again.out()).contains("== digits").doesNotContain("== resnet8");
    assertThat(cells(Files.readAllLines(out.resolve("RESULTS.md")), "| `resnet8` | CIFAR-10"))
        .isEqualTo(cells(page, "| `resnet8` | CIFAR-10"));

    // A row without a column is of an older version.
    Path row = out.resolve("rows/digits.json");
    Files.writeString(row, Files.readString(row).replaceFirst("\"left\": \"[^\"]*\",\\s*", ""));
    assertThat(run("digits").out()).contains("== digits");
  }

  @Test
  void modelsAreNamed() {
    CommandLineRun run = run("resnet80");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--models resnet80", "resnet8,", "ResNet-50");
  }

  private CommandLineRun run(String models) {
    return CommandLineRun.of(
        "results",
        "--data=" + data,
        "--out=" + out,
        "--epochs=1",
        "--qat-epochs=1",
        "--models=" + models);
  }

  /** Of the one row that begins so. */
  private static List<String> cells(List<String> page, String beginning) {
    List<String> rows = page.stream().filter(line -> line.startsWith(beginning)).toList();
    assertThat(rows).hasSize(1);
    return List.of(rows.get(0).substring(1, rows.get(0).length() - 1).split("\\|"));
  }
}
