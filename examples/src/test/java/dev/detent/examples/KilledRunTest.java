package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a training as a power cut would, and starts it again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledRunTest {
  @TempDir private Path data;
  @TempDir private Path whole;
  @TempDir private Path killed;

  @Test
  void theSameCommandGoesOnAndEndsWithTheSameBits() throws Exception {
    SmallData.digits(data, 1500, 50);
    List<String> undisturbed = run(whole, "no such line");

    // Killed in float training, then in fine-tuning, then left alone. The line that is waited for
    // comes just before the checkpoint of its epoch, which is written or not.
    run(killed, "float 2/4");
    List<String> afterFirst = run(killed, "QAT 2/3");
    List<String> afterSecond = run(killed, "no such line");

    assertThat(undisturbed).noneMatch(line -> line.contains("resumes"));
    assertThat(afterFirst).anyMatch(line -> line.matches("float resumes after epoch [12] .*"));
    assertThat(afterSecond)
        .anyMatch(line -> line.startsWith("float resumes after epoch 4"))
        .anyMatch(line -> line.matches("QAT resumes after epoch [12] .*"));
    assertThat(killed.resolve("digits.tflite"))
        .hasSameBinaryContentAs(whole.resolve("digits.tflite"));
    assertThat(killed.resolve("digits_float.tflite"))
        .hasSameBinaryContentAs(whole.resolve("digits_float.tflite"));
    assertThat(figures(killed)).isEqualTo(figures(whole));
    // The log has all three, up to the lines at which they were killed.
    assertThat(Files.readAllLines(killed.resolve("digits.log")))
        .filteredOn(line -> line.startsWith("# "))
        .hasSize(3);
    assertThat(Files.readAllLines(killed.resolve("digits.log")))
        .anyMatch(line -> line.startsWith("float 2/4  loss "))
        .anyMatch(line -> line.startsWith("QAT resumes after epoch "))
        .last()
        .asString()
        .startsWith("written: ");
  }

  @Test
  void otherSettingsStartAnew() throws Exception {
    SmallData.digits(data, 100, 20);
    String[] common = {"digits", "--data=" + data, "--out=" + killed, "--qat-epochs=0"};

    assertThat(CommandLineRun.of(with(common, "--epochs=1")).exitCode()).isZero();
    CommandLineRun second = CommandLineRun.of(with(common, "--epochs=2"));

    assertThat(second.err()).isEmpty();
    assertThat(second.exitCode()).isZero();
    JsonObject training =
        JsonReport.read(killed.resolve("report.json")).content().getAsJsonObject("training");
    assertThat(training.getAsJsonArray("float")).hasSize(2);
  }

  private static String[] with(String[] args, String more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(more);
    return all.toArray(new String[0]);
  }

  /** Losses and accuracies; how long things took differs. */
  private static List<String> figures(Path folder) {
    JsonObject report = JsonReport.read(folder.resolve("report.json")).content();
    List<String> figures = new ArrayList<>();
    report
        .getAsJsonArray("results")
        .forEach(
            row ->
                figures.add(
                    row.getAsJsonObject().get("name")
                        + " "
                        + row.getAsJsonObject().get("accuracy")));
    figures.add(report.get("evaluation").toString());
    figures.add(report.getAsJsonObject("verification").get("outputs").toString());
    return figures;
  }

  /**
   * Runs in a process of its own, which is killed when it prints a line that starts so.
   *
   * @return what it printed until then
   */
  private List<String> run(Path out, String killAt) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(data, "errors", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "digits",
                "--data=" + data,
                "--out=" + out,
                "--epochs=4",
                "--qat-epochs=3")
            .redirectError(errors.toFile())
            .start();
    List<String> lines = new ArrayList<>();
    boolean reached = false;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.startsWith(killAt)) {
          reached = true;
          process.destroyForcibly();
          break;
        }
      }
    }
    int exitCode = process.waitFor();
    if (!reached) {
      assertThat(exitCode).as(() -> lines + " " + read(errors)).isZero();
    }
    return lines;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
