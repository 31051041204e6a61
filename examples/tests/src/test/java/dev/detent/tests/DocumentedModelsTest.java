package dev.detent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.CompilationSubject;
import dev.detent.processor.Compilations;
import dev.detent.processor.Sources;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java that the Javadoc of the annotations shows compiles as it stands. */
class DocumentedModelsTest {
  private static final Pattern MODEL =
      Pattern.compile("^@Model\\b.*?^class (\\w+) .*?^}", Pattern.MULTILINE | Pattern.DOTALL);

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
