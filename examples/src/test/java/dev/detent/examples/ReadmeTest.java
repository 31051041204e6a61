package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.DetentProcessor;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

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

  /** What the POM names are this project's artifacts, in its version. */
  @Test
  void thePomNamesWhatThereIs() throws Exception {
    Matcher block = Pattern.compile("(?ms)^```xml\\R(.*?)^```$").matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    Document pom = document(block.group(1));
    String version = text(document(Files.readString(Path.of("..", "pom.xml"))), "/project/version");

    assertThat(text(pom, "//maven.compiler.release")).isEqualTo("17");
    assertThat(text(pom, "//exec.mainClass")).isEqualTo("digits.Main");
    assertThat(snippet("DigitsModel.create")).contains("\npublic class Main {"); // for exec:java
    for (String artifact : List.of("dependency", "path")) {
      String detents = "//" + artifact + "[groupId='dev.detent']";
      assertThat(text(pom, detents + "/version")).isEqualTo(version);
      String name = text(pom, detents + "/artifactId").replace("detent-", "");
      Path folderOfModule =
          Stream.of(Path.of("..", name), Path.of("..", "runtime", name))
              .filter(Files::isDirectory)
              .findFirst()
              .orElseThrow();
      assertThat(
              text(
                  document(Files.readString(folderOfModule.resolve("pom.xml"))),
                  "/project/artifactId"))
          .isEqualTo("detent-" + name);
    }
  }

  /** What the lines for Gradle name: versions, and what the BOM has the versions of. */
  @Test
  void theVersionsAreTheBuilds() throws Exception {
    Document pom = document(Files.readString(Path.of("..", "pom.xml")));
    Document bom = document(Files.readString(Path.of("..", "runtime", "bom", "pom.xml")));
    String readme = Files.readString(README);

    for (String part : List.of("bom", "processor")) {
      assertThat(readme)
          .contains("\"dev.detent:detent-" + part + ":" + text(pom, "/project/version") + "\"");
    }
    assertThat(readme).contains("\"dev.detent:detent-runtime\"");
    for (String part : List.of("tensorflow-core-platform", "tensorflow-lite-platform")) {
      String managed = "//dependency[artifactId='" + part + "']";
      String name = text(bom, managed + "/groupId") + ":" + part;
      assertThat(readme).contains("`" + name + "`", "\"" + name + "\"");
      String property = part.contains("lite") ? "//tflite.version" : "//tensorflow.version";
      assertThat(text(bom, managed + "/version")).isEqualTo(text(pom, property));
    }
  }

  private static Document document(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static String text(Document document, String path) throws XPathExpressionException {
    return XPathFactory.newInstance().newXPath().evaluate(path, document).strip();
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
