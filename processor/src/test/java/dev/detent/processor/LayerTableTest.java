package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.OperationKind.Stacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The README's table of layers is what the tables in the code come to: each row alone, with
 * attributes of all kinds, goes through the compiler, and what it makes of it is in the table.
 */
class LayerTableTest {
  private static final String BEGIN = "<!-- layers: generated from the tables -->\n";
  private static final String END = "<!-- end of layers -->\n";
  private static final int VARIANTS = 12;
  private static final Pattern OPERATION =
      Pattern.compile("(?m)^    // \\S+: ([A-Z][A-Z_0-9]+)( with [A-Z_0-9]+)?$");
  private static final Pattern RANGE = Pattern.compile("(?m)^    //.*output int8 in range (\\w+)$");

  @Test
  void readmeHasTheTable() {
    Path readme = Sources.MODULE.resolveSibling("README.md");
    String text = Sources.read(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    Golden.check(readme, text.substring(0, begin) + table() + text.substring(end));
  }

  private static String table() {
    Map<OperationKind, List<RandomNetwork>> variants = new LinkedHashMap<>();
    List<RandomNetwork> all = new ArrayList<>();
    for (OperationKind kind : OperationKind.values()) {
      if (kind != OperationKind.INPUT && kind != OperationKind.CUSTOM) {
        for (int i = 0; i < VARIANTS; i++) {
          all.add(RandomNetworks.alone(kind.annotation() + "Variant" + i, kind, i));
        }
      }
    }
    List<RandomNetwork> right = RandomNetwork.right(all);
    for (RandomNetwork network : right) {
      OperationKind kind = OperationKind.of(network.name().replaceAll("Variant\\d+$", ""));
      variants.computeIfAbsent(kind, key -> new ArrayList<>()).add(network);
    }
    Compilation compilation =
        Compilations.compiler(new DetentProcessor())
            .withOptions("-proc:only")
            .compile(right.stream().map(RandomNetwork::file).toList());
    Map<String, String> generated = Compilations.generated(compilation);
    StringBuilder table =
        new StringBuilder(
            "| annotation | TFLite operations | int8 range of its output |\n| --- | --- | --- |\n");
    for (OperationKind kind : OperationKind.values()) {
      if (kind != OperationKind.INPUT && kind != OperationKind.CUSTOM) {
        assertThat(variants).containsKey(kind);
        table.append(row(kind, variants.get(kind), generated));
      }
    }
    return table.toString();
  }

  private static String row(
      OperationKind kind, List<RandomNetwork> networks, Map<String, String> generated) {
    Set<String> operations = new TreeSet<>();
    Set<String> ranges = new TreeSet<>();
    for (RandomNetwork network : networks) {
      String source = generated.get(network.name() + "Model.java");
      operations.add(operations(source));
      ranges.add(range(source));
    }
    String stacked =
        (kind.takes(Stacks.BATCH_NORM) ? " + `@BatchNorm`" : "")
            + (kind.takes(Stacks.ACTIVATION) ? " + an activation" : "");
    return "| `@"
        + kind.annotation()
        + "`"
        + stacked
        + " | "
        + String.join(" or ", operations)
        + " | "
        + (kind.isTrainingOnly() ? "acts in training only" : String.join(", or ", ranges))
        + " |\n";
  }

  /** Each operation of the plan once, in order. */
  private static String operations(String source) {
    Matcher found = OPERATION.matcher(source.substring(source.indexOf("void plan(")));
    List<String> names = found.results().map(each -> "`" + each.group(1) + "`").distinct().toList();
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }

  private static String range(String source) {
    List<String> ranges = RANGE.matcher(source).results().map(each -> each.group(1)).toList();
    if (ranges.isEmpty()) {
      return "its own";
    }
    String last = ranges.get(ranges.size() - 1);
    if (ranges.size() > 1 && last.equals(ranges.get(0))) {
      return "its input's";
    }
    Matcher fixed =
        Pattern.compile(last + " = ActivationRange.fixed\\(\"[^\"]*\", \\d+, ([^,]+), (-?\\d+)\\)")
            .matcher(source);
    return fixed.find()
        ? "fixed: scale " + fixed.group(1).strip() + ", zero point " + fixed.group(2)
        : "its own";
  }
}
