package dev.detent.processor.lowering;

import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.OperationKind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says where a layer costs more than it seems to, as TFLite has no integer kernel for it. */
final class CostNotes {
  private static final Set<OperationKind> WITHOUT_KERNEL =
      EnumSet.of(OperationKind.LAYER_NORM, OperationKind.GRU);

  private CostNotes() {}

  static void report(ShapedLayer layer, List<Operation> lowered, Reporter reporter) {
    OperationKind kind = layer.declaration().operation();
    if (!WITHOUT_KERNEL.contains(kind)) {
      return;
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    long values = 0;
    for (Operation operation : lowered) {
      if (operation.code() != OpCode.PARAMETER) {
        counts.merge(operation.code().displayName(), 1, Integer::sum);
        values += operation.output().elements();
      }
    }
    int operations = counts.values().stream().mapToInt(Integer::intValue).sum();
    reporter.report(
        DiagnosticId.LOWERED_TO_MANY,
        layer.declaration().source().operation(),
        "TFLite has no integer kernel for @"
            + kind.annotation()
            + ", so that layer '"
            + layer.name()
            + "' becomes "
            + operations
            + " operations: "
            + counts.entrySet().stream()
                .map(e -> (e.getValue() == 1 ? "" : e.getValue() + " ") + e.getKey())
                .collect(Collectors.joining(", "))
            + ". They write "
            + values
            + " values an example, where one kernel would write "
            + layer.output().elements()
            + ".");
  }
}
