package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done again and again takes no more memory each time, outside of the heap either. */
class LongUseTest {
  /** How often each thing is done; 1,000 in a long run. */
  private static final int RUNS = Integer.getInteger("detent.runs", 10);

  /** Allocators keep some: 1 to 3 MB were seen. Ten fits of what was kept before took 60 MB. */
  private static final long MOST_MEGABYTES = 24;

  @TempDir private Path folder;

  @Test
  void memoryStaysAsItIs() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "SKIPPED: there is no /proc");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                LongUse.class.getName(),
                String.valueOf(RUNS),
                folder.toString(),
                "fits",
                "evaluations",
                "models",
                "exports")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(1 + RUNS / 20, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("it hangs").isTrue();
    List<String> lines = Files.readAllLines(output);
    lines.forEach(System.out::println);
    assertThat(lines)
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .as(line)
                    .isLessThan(MOST_MEGABYTES));
  }
}
