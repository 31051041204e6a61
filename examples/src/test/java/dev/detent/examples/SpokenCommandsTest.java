package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.detent.runtime.report.JsonReport;
import dev.detent.runtime.verify.TfliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples on spoken digits, small, on tones. */
class SpokenCommandsTest {
  @TempDir private Path data;
  @TempDir private Path out;

  @ParameterizedTest
  @CsvSource({"spoken-cnn, DEPTHWISE_CONV_2D", "spoken-lstm, UNIDIRECTIONAL_SEQUENCE_LSTM"})
  void trainsOnRecordingsAndReports(String name, String operation) throws IOException {
    SmallData.speech(data, 12, 1, 4);

    // 264 steps: batch norm's moving averages still have 0.99^264 = 7 % of where they started.
    CommandLineRun run =
        CommandLineRun.of(name, "--data=" + data, "--out=" + out, "--epochs=24", "--qat-epochs=1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    // Each of the 120 recordings thrice: as it is, and changed twice.
    assertThat(run.out()).contains("360 examples to train on, 10 to validate, 40 to test");
    JsonObject report = JsonReport.read(out.resolve("report.json")).content();
    assertThat(report.getAsJsonArray("results")).hasSize(5);
    assertThat(report.get("faithful").getAsBoolean()).as(run.out()).isTrue();
    for (JsonElement row : report.getAsJsonArray("results")) {
      // Tones are easy: chance is 0.1.
      assertThat(row.getAsJsonObject().get("accuracy").getAsDouble()).isGreaterThan(0.2);
    }
    assertThat(TfliteFile.info(out.resolve(name + ".tflite")).histogram())
        .containsKey(operation)
        .doesNotContainKey("QUANTIZE");
    assertThat(out.resolve(name + "_float.tflite")).isRegularFile();
  }

  @Test
  void whatIsWrongWithTheRecordingsIsSaid() throws IOException {
    SmallData.speech(data, 1, 1, 0);
    CommandLineRun noTest = CommandLineRun.of("spoken-cnn", "--data=" + data, "--out=" + out);
    assertThat(noTest.exitCode()).isEqualTo(1);
    assertThat(noTest.err()).contains(data + " has no recording for TEST").hasLineCount(1);

    Files.move(data.resolve("3_anna_20.wav"), data.resolve("three.wav"));
    CommandLineRun misnamed = CommandLineRun.of("spoken-lstm", "--data=" + data, "--out=" + out);
    assertThat(misnamed.exitCode()).isEqualTo(1);
    assertThat(misnamed.err())
        .contains(data + ": three.wav is not called DIGIT_SPEAKER_INDEX.wav")
        .hasLineCount(1);

    CommandLineRun without = CommandLineRun.of("spoken-cnn");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("--data DIR is missing");
  }
}
