package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
    for (String beginning :
        List.of(
            "| `digits` | MNIST, 40 |",
            "| `resnet8` | CIFAR-10, 20 |",
            "| `mobilenet-v2` | CIFAR-10, 20 |")) {
      List<String> cells = cells(page, beginning);
      assertThat(cells).hasSize(10);
      // From float to the file, all were measured; so was the fine-tuning with a teacher.
      assertThat(cells.subList(2, 9)).allMatch(cell -> cell.matches(" \\d+\\.\\d\\d % "));
    }
    assertThat(page).noneMatch(line -> line.contains("ds-cnn` |"));
    // MLPerf Tiny's reference has these 16 operations, and ours was never larger.
    assertThat(page)
        .anyMatch(
            line ->
                line.matches(
                    "\\| `resnet8` \\|.* 315\\.2 / 87\\.8 KB .* 16 \\| 1 AVERAGE_POOL_2D, 1 SOFTMAX \\|.*"));
    assertThat(out.resolve("results.html")).content().contains("The zoo", ">Autoencoder</th>");
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

  @Test
  void examplesThatAreNoTrainingsHaveRowsToo() throws IOException {
    StringWriter printed = new StringWriter();
    Map<String, ResultsCommand.Own> own = new LinkedHashMap<>();
    own.put("ssd", new DetectorCommand(64, 8)::run);
    own.put("transfer", new TransferCommand(new TransferRun.Counts(600, 200, 30, 2))::run);
    int exitCode =
        new CommandLine(new ResultsCommand(own))
            .setOut(new PrintWriter(printed, true))
            .execute("--out=" + out, "--epochs=1", "--qat-epochs=1", "--models=ssd,transfer");

    assertThat(exitCode).isZero();
    List<String> page = Files.readAllLines(out.resolve("RESULTS.md"));
    assertThat(cells(page, "| `ssd` | drawn shapes, 8 |")).hasSize(10);
    assertThat(cells(page, "| `transfer` | drawn digits 7 to 9,")).hasSize(10);
    assertThat(out.resolve("ssd/report.html")).isRegularFile();
    assertThat(out.resolve("results.html"))
        .content()
        .contains("<h1>Results</h1>", ">ssd</th>", ">transfer</th>", "Points against float")
        .doesNotContain("The zoo");
    assertThat(out.resolve("results.log")).content().contains("== ssd", "== transfer");
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
