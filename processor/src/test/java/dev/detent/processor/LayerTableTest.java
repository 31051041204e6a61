package dev.detent.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Model;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.OperationKind;
import dev.detent.processor.model.OperationKind.Stacks;
import dev.detent.processor.parse.ModelParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/LAYERS.md} is what the tables in the code come to: each row alone, with
 * attributes of all kinds, goes through the compiler, and what it makes of it is in the table.
 */
class LayerTableTest {
  private static final String BEGIN = "<!-- layers: generated from the tables -->\n";
  private static final String END = "<!-- end of layers -->\n";
  private static final int VARIANTS = 12;

  @Test
  void thePageHasTheTable() {
    Path page = Sources.ROOT.resolve("docs/LAYERS.md");
    String text = Sources.read(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    Golden.check(page, text.substring(0, begin) + table() + text.substring(end));
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
      OperationKind kind =
          OperationKind.of(network.name().replaceAll("Variant\\d+$", "")).orElseThrow();
      variants.computeIfAbsent(kind, key -> new ArrayList<>()).add(network);
    }
    Passes passes = new Passes();
    Compilations.compiler(passes)
        .withOptions("-proc:only")
        .compile(right.stream().map(RandomNetwork::file).toList());
    StringBuilder table =
        new StringBuilder(
            "| annotation | TFLite operations | int8 range of its output |\n| --- | --- | --- |\n");
    for (OperationKind kind : OperationKind.values()) {
      if (kind != OperationKind.INPUT && kind != OperationKind.CUSTOM) {
        assertThat(variants).containsKey(kind);
        table.append(row(kind, variants.get(kind), passes.models));
      }
    }
    return table.toString();
  }

  private static String row(
      OperationKind kind, List<RandomNetwork> networks, Map<String, PlacedModel> models) {
    Set<String> operations = new TreeSet<>();
    Set<String> ranges = new TreeSet<>();
    for (RandomNetwork network : networks) {
      PlacedModel model = models.get(network.name());
      operations.add(operations(model));
      ranges.add(range(model));
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
        + (kind.isTrainingOnly()
            ? "acts in training only"
            : kind.yieldsIndices() ? "none: int32" : String.join(", or ", ranges))
        + " |\n";
  }

  /** Each operation of the deployed model once, in order. */
  private static String operations(PlacedModel model) {
    List<String> names =
        model.operations().stream()
            .map(placed -> placed.operation().code())
            .filter(code -> !code.isSource() && !code.leavesNoTrace())
            .map(code -> "`" + code.displayName() + "`")
            .distinct()
            .toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String range(PlacedModel model) {
    List<RangeSpec> ranges =
        model.operations().stream().flatMap(placed -> placed.range().stream()).toList();
    if (ranges.isEmpty()) {
      return "its own";
    }
    RangeSpec last = ranges.get(ranges.size() - 1);
    if (ranges.size() > 1 && last.equals(ranges.get(0))) {
      return "its input's";
    }
    return last.fixed()
        .map(
            fixed ->
                "fixed: scale 1.0 / "
                    + Math.round(1 / fixed.scale())
                    + ", zero point "
                    + fixed.zeroPoint())
        .orElse("its own");
  }

  /** The processor's passes but for the last, which writes. */
  @SupportedAnnotationTypes("dev.detent.annotations.Model")
  private static final class Passes extends AbstractProcessor {
    final Map<String, PlacedModel> models = new HashMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      var parser =
          new ModelParser(processingEnv.getElementUtils(), processingEnv.getTypeUtils(), Set.of());
      for (TypeElement type : ElementFilter.typesIn(round.getElementsAnnotatedWith(Model.class))) {
        for (PlacedModel model : new Pipeline(parser).run(type, new Reporter())) {
          models.put(type.getSimpleName().toString(), model);
        }
      }
      return false;
    }
  }
}
