package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on new layers names the files that there are, and few of them. */
class AddingALayerPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w/]+\\.java)` \\|");

  @Test
  void aLayerAndAnOperationAreFewFiles() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/ADDING-A-LAYER.md"));
    int operation = page.indexOf("## The operation");
    List<String> ofLayer = files(page.substring(0, operation));
    List<String> ofOperation = files(page.substring(operation));
    assertThat(ofLayer)
        .hasSize(4)
        .allSatisfy(file -> assertThat(text(file)).containsIgnoringCase("softplus"));
    assertThat(ofOperation).hasSize(4).allSatisfy(file -> assertThat(text(file)).contains(" LOG"));
  }

  /** What the page leaves out knows nothing of the layer. */
  @Test
  void noOtherFileKnowsTheLayer() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/ADDING-A-LAYER.md"));
    for (String module : List.of("annotations", "processor", "runtime")) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        assertThat(files.filter(Files::isRegularFile).map(ROOT::relativize).map(Path::toString))
            .filteredOn(file -> text(file).toLowerCase(java.util.Locale.ROOT).contains("softplus"))
            .allSatisfy(file -> assertThat(page).contains(file.replace('\\', '/')));
      }
    }
  }

  private static List<String> files(String section) {
    return ROW.matcher(section).results().map((MatchResult row) -> row.group(1)).toList();
  }

  private static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }
}
