package dev.detent.runtime.tflite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the published reference models are. Tests without them are skipped, and say so. */
public final class References {
  private static final String PROPERTY = "detent.shared";
  private static final List<String> PLACES = List.of("../../shared", "../shared");

  private References() {}

  /** A file below {@code reference/mlperf-tiny}; skips the test where it is missing. */
  public static Path file(String name) {
    String shared = System.getProperty(PROPERTY);
    List<String> places = shared == null || shared.isBlank() ? PLACES : List.of(shared);
    for (String place : places) {
      Path file = Path.of(place, "reference", "mlperf-tiny", name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    assumeTrue(
        false,
        "skipped: no reference model " + name + " below " + places + " (-D" + PROPERTY + ")");
    throw new AssertionError("unreachable");
  }
}
