package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A SPLIT of which one part is used becomes a STRIDED_SLICE, which makes no other. Parts of one
 * tensor stay SPLITs: the file has one operation for all of them.
 */
final class SplitAlone {
  private SplitAlone() {}

  /** What is cut, and how. */
  private record Cut(String input, int axis, int parts) {}

  static List<Operation> replace(List<Operation> operations) {
    Map<Cut, Long> uses =
        operations.stream()
            .filter(operation -> operation.code() == OpCode.SPLIT)
            .collect(Collectors.groupingBy(SplitAlone::cut, Collectors.counting()));
    return operations.stream()
        .map(
            each ->
                each.code() == OpCode.SPLIT && uses.getOrDefault(cut(each), 0L) == 1
                    ? slice(each)
                    : each)
        .toList();
  }

  private static Cut cut(Operation split) {
    Attributes attributes = split.layer().declaration().attributes();
    Shape input = split.layer().inputs().get(0);
    return new Cut(
        split.inputs().get(0),
        input.axis(attributes.get(AttributeKey.AXIS)),
        attributes.get(AttributeKey.PARTS));
  }

  private static Operation slice(Operation split) {
    return Operation.of(OpCode.STRIDED_SLICE, split.layer())
        .named(split.name())
        .reading(split.inputs());
  }
}
