package dev.detent.processor.lowering;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says where a layer costs more than it seems to, as TFLite has no integer kernel for it. */
final class CostNotes {
  private CostNotes() {}

  static void report(ShapedLayer layer, List<Operation> lowered, Reporter reporter) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    long values = 0;
    for (Operation operation : lowered) {
      if (!operation.code().isSource()) {
        counts.merge(operation.code().displayName(), 1, Integer::sum);
        values += operation.output().elements();
      }
    }
    int operations = counts.values().stream().mapToInt(Integer::intValue).sum();
    reporter.report(
        Message.U22_LOWERED_TO_MANY,
        layer.declaration().source().operation(),
        layer.declaration().annotation(),
        layer.name(),
        operations,
        counts.entrySet().stream()
            .map(e -> (e.getValue() == 1 ? "" : e.getValue() + " ") + e.getKey())
            .collect(Collectors.joining(", ")),
        values,
        layer.output().elements());
  }
}
