package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.CompilationSubject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that documentation shows compile as they stand. */
class DocumentedModelsTest {
  private static final Pattern MODEL =
      Pattern.compile("^@Model\\b.*?^class (\\w+) .*?^}", Pattern.MULTILINE | Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "annotations/src/main/java/dev/detent/annotations/package-info.java"})
  void modelsCompile(String file) {
    String text = Sources.read(Sources.MODULE.resolveSibling(file)).replaceAll("(?m)^ \\* ?", "");
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
