package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.processor.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java that documentation shows compiles as it stands. */
class DocumentedModelsTest {
  private static final Pattern MODEL =
      Pattern.compile("^@Model\\b.*?^class (\\w+) .*?^}", Pattern.MULTILINE | Pattern.DOTALL);

  /** With every lint as an error; what has a {@code main} runs in the test of its page. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/BLOCKS.md",
        "docs/CUSTOM-LAYERS.md",
        "docs/EXPORTING.md",
        "docs/HOOKS.md",
        "docs/QUANTIZING.md"
      })
  void pagesCompile(String page) {
    JavaFileObject[] files = Pages.files(page);

    assertThat(files).isNotEmpty();
    CompilationSubject.assertThat(Compilations.compile(files)).succeededWithoutWarnings();
  }

  /** No page has Java that nothing compiles; the diagnostics' is compiled to be wrong. */
  @Test
  void everyPageIsKnown() throws IOException {
    try (Stream<Path> pages = Files.list(Sources.ROOT.resolve("docs"))) {
      assertThat(
              pages
                  .filter(page -> page.toString().endsWith(".md"))
                  .filter(page -> Sources.read(page).contains("```java"))
                  .map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "BLOCKS.md",
              "CUSTOM-LAYERS.md",
              "DIAGNOSTICS.md",
              "EXPORTING.md",
              "HOOKS.md",
              "QUANTIZING.md");
    }
  }

  @Test
  void modelsOfTheAnnotationsCompile() {
    String file = "annotations/src/main/java/dev/detent/annotations/package-info.java";
    String text = Sources.read(Sources.ROOT.resolve(file)).replaceAll("(?m)^ \\* ?", "");
    List<MatchResult> models = MODEL.matcher(text).results().toList();

    assertThat(models).isNotEmpty();
    for (MatchResult model : models) {
      CompilationSubject.assertThat(
              Compilations.compile(
                  Sources.text(
                      model.group(1), "import dev.detent.annotations.*;\n" + model.group())))
          .succeededWithoutWarnings();
    }
  }
}
