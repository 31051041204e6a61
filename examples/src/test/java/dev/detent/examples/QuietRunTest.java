package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who sends the output into a file: the example's own words and nothing else. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class QuietRunTest {
  @TempDir private Path folder;

  @Test
  void digitsIsQuiet() throws Exception {
    Path data = SmallData.digits(folder, 200, 40);

    ForkedRun run =
        ForkedRun.ofMain(
            folder, "digits", "--data=" + data, "--out=out", "--epochs=2", "--qat-epochs=1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    // Plain lines: nothing that moves a cursor.
    assertThat(run.out()).doesNotContain("\r", "\033").startsWith("Digits: ");
    assertThat(run.out().lines())
        .anyMatch(line -> line.startsWith("float 2/2  loss "))
        .anyMatch(line -> line.startsWith("QAT 1/1  loss "))
        .anyMatch(line -> line.matches("model +accuracy +against float +size +latency"))
        .anyMatch(line -> line.matches("agreement +equal values +at most apart +same top-1"))
        .anyMatch(line -> line.startsWith("graph and built-in kernels "))
        .anyMatch(line -> line.startsWith("graph and XNNPACK "))
        .anyMatch(line -> line.startsWith("built-in kernels and XNNPACK "))
        .contains("The file computes what was trained.")
        .last()
        .asString()
        .startsWith("written: out");
  }
}
