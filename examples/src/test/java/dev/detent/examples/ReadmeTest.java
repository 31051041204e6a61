package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.DetentProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java, as it stands there: it compiles, runs, and does what it says. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\R(.*?)^```$");

  @TempDir private Path folder;

  private static String snippet(String part) throws IOException {
    Matcher matcher = JAVA.matcher(Files.readString(README));
    return matcher
        .results()
        .map(result -> result.group(1))
        .filter(text -> text.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError(README + " has no Java with " + part));
  }

  @Test
  void theFirstModelCompilesAndItsUseRuns() throws Exception {
    Path model = Files.writeString(folder.resolve("Digits.java"), snippet("@Model"));
    Path use = Files.writeString(folder.resolve("Main.java"), snippet("DigitsModel.create"));
    Path mnist = SmallData.digits(Files.createDirectory(folder.resolve("mnist")), 1_000, 200);

    compile(model, use);

    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    ForkedRun run = ForkedRun.of(folder, classPath, "digits.Main", mnist.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("digits.tflite")).isRegularFile();
    assertThat(run.out())
        .contains("Verification of digits.tflite: Digits, 200 examples")
        .contains("The file computes what was trained.");
  }

  /** With the processor, as a plain {@code javac -processorpath} does. */
  private void compile(Path... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean isCompiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "--release=17",
                      "-Xlint:all,-processing",
                      "-processor",
                      DetentProcessor.class.getName(),
                      "-processorpath",
                      System.getProperty("java.class.path"),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      folder.toString()),
                  null,
                  files.getJavaFileObjects(sources))
              .call();
      assertThat(said.toString()).isEmpty();
      assertThat(isCompiled).isTrue();
    }
  }
}
