package dev.detent.processor;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/DIAGNOSTICS.md} says: a section for each code, with what is printed. */
final class DiagnosticsPage {
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

  /** The first text of a code, and the comment that explains the code. */
  private static final Pattern EXPLAINED =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+([A-Z]\\d\\d_\\w+)\\(", Pattern.DOTALL);

  private static final Path TEXTS =
      Sources.MODULE.resolve("src/main/java/dev/detent/processor/diagnostic/Message.java");

  private DiagnosticsPage() {}

  /** The whole page, from the codes, their comments and their examples. */
  static String text() {
    Map<String, BadCase> examples =
        BadCase.all().stream()
            .filter(BadCase::isExample)
            .collect(toMap(bad -> bad.message().code(), Function.identity()));
    Map<String, List<Message>> byCode =
        Arrays.stream(Message.values())
            .collect(groupingBy(Message::code, LinkedHashMap::new, toList()));
    Map<Message, String> explanations = explanations();
    assertThat(explanations.keySet())
        .containsExactlyElementsOf(byCode.values().stream().map(texts -> texts.get(0)).toList());
    assertThat(examples).containsOnlyKeys(byCode.keySet());

    StringBuilder page =
        new StringBuilder(
            """
            # Diagnostics

            What `javac` prints when Detent's processor finds something. Every message starts with a code in brackets,
            which never changes its meaning, and points at the attribute, annotation or field that is wrong. All that is
            wrong with a class is printed at once; a class that is wrong does not keep others from being compiled.
            Notes are printed with `-Adetent.notes=true`.

            This page is written from `Message.java`. Each example is compiled by a test, which compares what is printed
            with the page; in other texts, what changes from case to case is in braces.
            """);
    char group = ' ';
    for (List<Message> texts : byCode.values()) {
      Message first = texts.get(0);
      if (first.code().charAt(0) != group) {
        group = first.code().charAt(0);
        page.append("\n## ").append(group).append(": ").append(GROUPS.get(group)).append("\n");
      }
      page.append(section(texts, explanations.get(first), examples.get(first.code())));
    }
    return page.toString();
  }

  private static Map<Message, String> explanations() {
    Map<Message, String> explanations = new EnumMap<>(Message.class);
    Matcher matcher = EXPLAINED.matcher(Sources.read(TEXTS));
    while (matcher.find()) {
      String comment = matcher.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
      explanations.put(
          Message.valueOf(matcher.group(2)),
          comment.replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`"));
    }
    return explanations;
  }

  private static String section(List<Message> texts, String explanation, BadCase example) {
    Message first = texts.get(0);
    String others =
        texts.stream()
            .skip(1)
            .map(text -> "- " + text.template() + "\n")
            .collect(Collectors.joining());
    return """

    ### %s

    %s

    ```java
    %s```

    ```
    %s```
    %s%s\
    """
        .formatted(
            first.code()
                + (first.severity() == Severity.NOTE ? " (a note)" : "")
                + ": "
                + first.name().substring(4).toLowerCase(Locale.ROOT).replace('_', ' '),
            explanation,
            example.source(),
            Compilations.printed(example.compile()),
            first.remedy().isEmpty() ? "" : "\n**Remedy:** " + first.remedy() + "\n",
            others.isEmpty() ? "" : "\nOther texts:\n\n" + others);
  }
}
