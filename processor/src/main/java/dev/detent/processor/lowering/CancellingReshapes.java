package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.ir.ShapedLayer;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Takes the RESHAPEs away that lowering put between one-dimensional layers. A RESHAPE that a layer
 * stands for by itself stays.
 *
 * <p>Four rewrites, until none applies: a RESHAPE of such a RESHAPE reads what that one reads, and
 * is gone if the shape is then the same; of two alike one is enough; what works on each value by
 * itself, or reduces all steps, does so before such a RESHAPE instead of behind it; one that
 * nothing reads goes. The second and the last make operations fewer, the first and the third bring
 * a RESHAPE nearer to the end or to nothing, so they come to an end.
 */
final class CancellingReshapes {
  private static final String BEFORE = "/before";

  private final List<String> outputs;
  private List<Operation> operations;

  private CancellingReshapes(List<Operation> operations, List<String> outputs) {
    this.operations = operations;
    this.outputs = outputs;
  }

  static List<Operation> rewrite(List<Operation> operations, List<String> outputs) {
    CancellingReshapes rewrites = new CancellingReshapes(operations, outputs);
    boolean changed = operations.stream().anyMatch(CancellingReshapes::isDerived);
    while (changed) {
      changed = rewrites.joinChain() || rewrites.dropTwin() || rewrites.sink() || rewrites.drop();
    }
    return rewrites.operations;
  }

  /** A RESHAPE that comes from a layer of another kind. */
  private static boolean isDerived(Operation operation) {
    return operation.code() == OpCode.RESHAPE && isInvented(operation.layer());
  }

  private static boolean isInvented(ShapedLayer layer) {
    return layer.declaration().inputs().size() == 1
        && layer.declaration().operation() == OperationKind.RESHAPE
        && !layer.declaration().attributes().has(AttributeKey.RESHAPE_SHAPE);
  }

  private Map<String, Operation> byName() {
    Map<String, Operation> byName = new HashMap<>();
    operations.forEach(operation -> byName.put(operation.name(), operation));
    return byName;
  }

  private long readers(String name) {
    return operations.stream().filter(operation -> operation.inputs().contains(name)).count();
  }

  // ---------------------------------------------------------------- the rewrites

  /** {@code RESHAPE(RESHAPE(x))}: the outer one reads x, or is x. */
  private boolean joinChain() {
    Map<String, Operation> byName = byName();
    for (Operation outer : operations) {
      Operation inner = outer.code() == OpCode.RESHAPE ? byName.get(outer.inputs().get(0)) : null;
      if (inner == null || !isDerived(inner)) {
        continue;
      }
      String read = inner.inputs().get(0);
      boolean isSame =
          isDerived(outer)
              && byName.get(read).output().equals(outer.output())
              && !outputs.contains(outer.name());
      if (isSame) {
        remove(outer);
        rename(outer.name(), read);
      } else {
        replace(outer, reading(outer, read, byName.get(read).output()));
      }
      return true;
    }
    return false;
  }

  /** Two RESHAPEs of one tensor to one shape. */
  private boolean dropTwin() {
    Map<List<Object>, Operation> seen = new LinkedHashMap<>();
    for (Operation operation : operations) {
      if (isDerived(operation) && !outputs.contains(operation.name())) {
        Operation first =
            seen.putIfAbsent(List.of(operation.inputs(), operation.output()), operation);
        if (first != null) {
          remove(operation);
          rename(operation.name(), first.name());
          return true;
        }
      }
    }
    return false;
  }

  /** What reads RESHAPEs that nothing else reads, and could as well read what they read. */
  private boolean sink() {
    Map<String, Operation> byName = byName();
    for (Operation operation : operations) {
      Optional<Shape> before = shapeBefore(operation, byName);
      if (before.isEmpty()) {
        continue;
      }
      List<String> reads =
          operation.inputs().stream().map(name -> byName.get(name).inputs().get(0)).toList();
      if (!operation.code().isElementwise()) {
        replace(operation, reading(operation, reads.get(0), before.get()));
        return true;
      }
      String name = operation.name() + BEFORE;
      Operation moved =
          new Operation(
              name,
              operation.code(),
              reads,
              before.get(),
              operation.activation(),
              operation.layer());
      Operation back =
          LoweringRules.operation(
              DerivedLayer.partOf(byName.get(operation.inputs().get(0)).layer())
                  .name(operation.name())
                  .reading(name, before.get())
                  .yielding(operation.output()),
              OpCode.RESHAPE);
      replace(operation, moved, back);
      return true;
    }
    return false;
  }

  /** The shape that an operation can work in before the RESHAPEs that it reads. */
  private Optional<Shape> shapeBefore(Operation operation, Map<String, Operation> byName) {
    boolean reduces =
        switch (operation.layer().declaration().operation()) {
          case GLOBAL_AVERAGE_POOL_1D, GLOBAL_MAX_POOL_1D -> operation.output().rank() == 1;
          default -> false;
        };
    if (operation.inputs().isEmpty() || !(reduces || operation.code().isElementwise())) {
      return Optional.empty();
    }
    Shape shape = null;
    for (String read : operation.inputs()) {
      Operation reshape = byName.get(read);
      boolean isMovable =
          isDerived(reshape)
              && (reduces || readers(read) == 1)
              && !outputs.contains(read)
              && operation.output().channels() == reshape.output().channels();
      Shape before = isMovable ? byName.get(reshape.inputs().get(0)).output() : null;
      if (before == null || before.rank() != 3 || (shape != null && !shape.equals(before))) {
        return Optional.empty();
      }
      shape = before;
    }
    return Optional.ofNullable(shape);
  }

  /** A RESHAPE that nothing reads; what it read gets its name. */
  private boolean drop() {
    for (Operation operation : operations) {
      if (!isDerived(operation)
          || readers(operation.name()) > 0
          || outputs.contains(operation.name())) {
        continue;
      }
      remove(operation);
      String read = operation.inputs().get(0);
      if (read.startsWith(operation.name() + "/")) {
        Operation producer = byName().get(read);
        replace(
            producer,
            new Operation(
                operation.name(),
                producer.code(),
                producer.inputs(),
                producer.output(),
                producer.activation(),
                producer.layer()));
        rename(read, operation.name());
      }
      return true;
    }
    return false;
  }

  // ---------------------------------------------------------------- what they are made of

  private static Operation reading(Operation operation, String read, Shape shape) {
    ShapedLayer layer = operation.layer();
    return new Operation(
        operation.name(),
        operation.code(),
        List.of(read),
        operation.output(),
        operation.activation(),
        new ShapedLayer(
            layer.declaration(),
            List.of(shape),
            layer.output(),
            layer.kernel(),
            layer.parameters(),
            layer.multiplyAccumulates()));
  }

  private void remove(Operation operation) {
    edit(each -> each == operation ? null : each);
  }

  private void replace(Operation operation, Operation... others) {
    List<Operation> edited = new ArrayList<>();
    for (Operation each : operations) {
      if (each == operation) {
        edited.addAll(List.of(others));
      } else {
        edited.add(each);
      }
    }
    operations = edited;
  }

  private void rename(String from, String to) {
    edit(
        each ->
            each.inputs().contains(from)
                ? each.reading(
                    each.inputs().stream().map(name -> name.equals(from) ? to : name).toList())
                : each);
  }

  private void edit(UnaryOperator<Operation> change) {
    List<Operation> edited = new ArrayList<>();
    for (Operation each : operations) {
      Operation changed = change.apply(each);
      if (changed != null) {
        edited.add(changed);
      }
    }
    operations = edited;
  }
}
