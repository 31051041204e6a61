package dev.detent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/**
 * The build files of {@code examples/starter}: they name what this project makes, and the page on
 * the first program shows them as they are. {@code StarterIT} builds with Maven's; Gradle's is read
 * only, as no Gradle can be taken for granted.
 */
class StarterTest {
  private static final Path STARTER = Path.of("starter");
  private static final Path PAGE = Path.of("..", "docs", "GETTING-STARTED.md");

  @Test
  void thePomNamesWhatThereIs() throws Exception {
    Document pom = document(STARTER.resolve("pom.xml"));

    assertThat(text(pom, "//maven.compiler.release")).isEqualTo("17");
    assertThat(text(pom, "//detent.version")).isEqualTo(version());
    for (String artifact : List.of("dependency", "path")) {
      String detents = "//" + artifact + "[groupId='dev.detent']";
      assertThat(text(pom, detents + "/version")).isEqualTo("${detent.version}");
      assertThat(List.of("detent-platform", "detent-processor"))
          .contains(text(pom, detents + "/artifactId"));
    }
    assertThat(text(document(Path.of("..", "processor", "pom.xml")), "/project/artifactId"))
        .isEqualTo("detent-processor");
    Path platform = Path.of("..", "runtime", "platform", "pom.xml");
    assertThat(text(document(platform), "/project/artifactId")).isEqualTo("detent-platform");
    assertThat(Files.readString(STARTER.resolve("src/main/java/digits/Main.java")))
        .contains("\npublic class Main {"); // for exec:java
  }

  /** What the lines for Gradle name: versions, and what the BOM has the versions of. */
  @Test
  void gradlesVersionsAreTheBuilds() throws Exception {
    Document pom = document(Path.of("..", "pom.xml"));
    Document bom = document(Path.of("..", "runtime", "bom", "pom.xml"));
    String gradle = Files.readString(STARTER.resolve("build.gradle.kts"));

    assertThat(gradle)
        .contains("val detent = \"" + version() + "\"", "\"dev.detent:detent-runtime\"")
        .contains("\"dev.detent:detent-bom:$detent\"", "\"dev.detent:detent-processor:$detent\"");
    for (String part : List.of("tensorflow-core-platform", "tensorflow-lite-platform")) {
      String managed = "//dependency[artifactId='" + part + "']";
      String name = text(bom, managed + "/groupId") + ":" + part;
      assertThat(gradle).contains("\"" + name + "\"");
      assertThat(Files.readString(PAGE)).contains("`" + name + "`");
      String property = part.contains("lite") ? "//tflite.version" : "//tensorflow.version";
      assertThat(text(bom, managed + "/version")).isEqualTo(text(pom, property));
    }
  }

  @Test
  void thePageShowsTheFiles() throws Exception {
    String pom = Files.readString(STARTER.resolve("pom.xml"));
    assertThat(block("xml")).isEqualTo(pom.substring(pom.indexOf("<project")));
    assertThat(block("kotlin")).isEqualTo(Files.readString(STARTER.resolve("build.gradle.kts")));
    assertThat(Files.readString(PAGE))
        .contains("//DEPS dev.detent:detent-platform:" + version())
        .contains("//DEPS dev.detent:detent-processor:" + version())
        .contains("/detent-processor-" + version() + "-all.jar");
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```$").matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String version() throws Exception {
    return text(document(Path.of("..", "pom.xml")), "/project/version");
  }

  private static Document document(Path xml) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
  }

  private static String text(Document document, String path) throws XPathExpressionException {
    return XPathFactory.newInstance().newXPath().evaluate(path, document).strip();
  }
}
