package dev.detent.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** The sources that the tests compile. */
public final class Sources {
  /** The module's folder. */
  static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** The project's folder. */
  public static final Path ROOT = root();

  /** Where the tests' files are. */
  static final Path RESOURCES = MODULE.resolve(Path.of("src", "test", "resources"));

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  private Sources() {}

  private static Path root() {
    Path folder = MODULE;
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Every source in a folder of the resources and in the folders below it, by name. */
  static List<Path> in(String folder) {
    try (Stream<Path> files = Files.walk(RESOURCES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the resources, to be compiled. */
  public static JavaFileObject file(Path file) {
    return text(simpleName(file), read(file));
  }

  /** A source in {@code good}. */
  static JavaFileObject good(String name) {
    return file(RESOURCES.resolve("good").resolve(name + ".java"));
  }

  /** A source given as text; its package is what the text says. */
  public static JavaFileObject text(String simpleName, String source) {
    Matcher declared = PACKAGE.matcher(source);
    return JavaFileObjects.forSourceString(
        declared.find() ? declared.group(1) + "." + simpleName : simpleName, source);
  }

  /** A model in the unnamed package, of these lines. */
  public static JavaFileObject model(String simpleName, String... fields) {
    return text(
        simpleName,
        "import dev.detent.annotations.*;\n@Model\nclass "
            + simpleName
            + " {\n  "
            + String.join("\n  ", fields)
            + "\n}\n");
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
