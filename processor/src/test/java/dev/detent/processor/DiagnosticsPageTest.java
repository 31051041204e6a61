package dev.detent.processor;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code docs/DIAGNOSTICS.md} has a section for each diagnostic, and what it shows is printed. */
class DiagnosticsPageTest {
  private static final Map<Character, String> GROUPS =
      Map.of(
          'M', "the class",
          'F', "fields",
          'A', "attributes",
          'B', "blocks and variants",
          'G', "data flow",
          'S', "shapes",
          'U', "fusion",
          'Q', "quantization",
          'L', "custom layers",
          'X', "the compiler itself");

  @Test
  void pageIsCompleteAndTrue() {
    Map<DiagnosticId, BadCase> examples =
        BadCase.all().stream()
            .filter(bad -> bad.explanation().isPresent())
            .collect(toMap(BadCase::id, Function.identity()));
    assertThat(examples).containsOnlyKeys(DiagnosticId.values());

    StringBuilder page =
        new StringBuilder(
            """
            # Diagnostics

            What `javac` prints when Detent's processor finds something. Every message starts with a code in brackets,
            which never changes its meaning, and points at the attribute, annotation or field that is wrong. All that is
            wrong with a class is printed at once; a class that is wrong does not keep others from being compiled.

            Each example below is compiled by a test, which compares what is printed with this page.
            """);
    char group = ' ';
    for (DiagnosticId id : DiagnosticId.values()) {
      if (id.code().charAt(0) != group) {
        group = id.code().charAt(0);
        page.append("\n## ").append(group).append(": ").append(GROUPS.get(group)).append("\n");
      }
      page.append(section(examples.get(id)));
    }
    Golden.check(Sources.MODULE.resolveSibling("docs").resolve("DIAGNOSTICS.md"), page.toString());
  }

  /** What the README quotes is what one of the examples prints. */
  @Test
  void readmeQuotesWhatIsPrinted() {
    String readme = Sources.read(Sources.MODULE.resolveSibling("README.md"));
    List<String> printed =
        BadCase.all().stream().map(bad -> Compilations.printed(bad.compile())).toList();

    assertThat(printed).anyMatch(readme::contains);
    assertThat(readme.lines().filter(line -> line.contains("[Detent-")))
        .isNotEmpty()
        .allMatch(line -> printed.stream().anyMatch(text -> text.contains(line)));
  }

  private static String section(BadCase example) {
    return """

    ### %s

    %s

    ```java
    %s```

    ```
    %s```

    **Remedy:** %s
    """
        .formatted(
            example.id().code()
                + (example.id().severity() == Severity.NOTE ? " (a note)" : "")
                + ": "
                + example.id().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            example.explanation().orElseThrow(),
            example.source(),
            Compilations.printed(example.compile()),
            example.remedy().orElseThrow());
  }
}
