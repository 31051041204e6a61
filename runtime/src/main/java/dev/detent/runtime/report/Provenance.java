package dev.detent.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where figures come from: versions, machine and time. It is stored beside every figure, so that a
 * difference between two of them can be explained later.
 *
 * @param date when it was taken, UTC, in ISO 8601 to the second
 * @param detent Detent's version, "unknown" where it was not built by Maven
 * @param java the Java runtime's name and version
 * @param os the operating system's name, version and architecture
 * @param cpu the processor's model, or its architecture where that cannot be told
 * @param cores the processors that are available to this JVM
 * @param maxHeapBytes the largest size of the heap in bytes
 * @param libraries versions of other parts by name, for example of TensorFlow
 */
public record Provenance(
    String date,
    String detent,
    String java,
    String os,
    String cpu,
    int cores,
    long maxHeapBytes,
    Map<String, String> libraries) {
  private static final String UNKNOWN = "unknown";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** Keeps the order of the libraries. */
  public Provenance {
    Objects.requireNonNull(date, "date");
    libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
  }

  /**
   * Describes this JVM, now.
   *
   * @param libraries versions of other parts by name, in the order in which to list them
   * @return the description
   */
  public static Provenance current(Map<String, String> libraries) {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        version(),
        property("java.vm.name") + " " + property("java.runtime.version"),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        libraries);
  }

  private static String version() {
    try (InputStream file = Provenance.class.getResourceAsStream("version.txt")) {
      return file == null
          ? UNKNOWN
          : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  /** Linux tells the model in a file, Windows in the environment. */
  private static String cpuModel() {
    if (Files.isReadable(CPU_INFO)) {
      try (Stream<String> lines = Files.lines(CPU_INFO)) {
        String model =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
        if (!model.isEmpty()) {
          return model;
        }
      } catch (IOException | UncheckedIOException e) {
        return property("os.arch");
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows != null ? windows : property("os.arch");
  }
}
