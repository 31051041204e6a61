package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what was made with a file that was checked in. {@code -Ddetent.golden=write} writes the
 * file instead, for a person to read before it is committed.
 */
public final class Golden {
  private static final boolean WRITE = "write".equals(System.getProperty("detent.golden"));

  private Golden() {}

  /** The text of one test's file below {@code expected}, named after test class and method. */
  public static void check(Class<?> test, String method, String file, String actual) {
    check(
        Sources.RESOURCES.resolve(
            Path.of("expected", test.getSimpleName(), method, file).toString()),
        actual);
  }

  /** The text of a file anywhere. */
  static void check(Path expected, String actual) {
    try {
      if (WRITE) {
        Files.createDirectories(expected.getParent());
        Files.writeString(expected, actual);
        return;
      }
      assertThat(expected).as("written with -Ddetent.golden=write").exists();
      assertThat(actual)
          .as("%s; -Ddetent.golden=write accepts what is new", expected)
          .isEqualTo(Files.readString(expected));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
