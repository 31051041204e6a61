package dev.detent.processor.lowering;

import dev.detent.processor.ir.OpCode;
import dev.detent.processor.ir.Operation;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.OperationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the RESHAPEs away that lowering put between one-dimensional layers. A RESHAPE that a layer
 * stands for by itself stays.
 *
 * <p>Four rewrites: a RESHAPE of such a RESHAPE reads what that one reads, and is gone if the shape
 * is then the same; of two alike one is enough; what works on each value by itself, or reduces all
 * steps, does so before such a RESHAPE instead of after it; one that nothing reads goes. Each
 * depends on what is above an operation, but for the last: so one way down does the first three,
 * and one more the last.
 */
final class CancellingReshapes {
  private final Set<String> outputs;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Operation> byName = new HashMap<>();
  private final Map<String, String> instead = new HashMap<>();
  private final Map<List<Object>, Operation> alike = new HashMap<>();

  /** How many operations that stay where they are read a tensor. */
  private final Map<String, Integer> readers = new HashMap<>();

  private CancellingReshapes(List<String> outputs) {
    this.outputs = new HashSet<>(outputs);
  }

  static List<Operation> rewrite(List<Operation> operations, List<String> outputs) {
    CancellingReshapes rewrites = new CancellingReshapes(outputs);
    for (Operation operation : operations) {
      if (operation.code() != OpCode.RESHAPE && !reduces(operation)) {
        Set.copyOf(operation.inputs())
            .forEach(read -> rewrites.readers.merge(read, 1, Integer::sum));
      }
    }
    operations.forEach(each -> rewrites.add(each.reading(rewrites.renamed(each.inputs()))));
    return rewrites.withoutUnread();
  }

  /** A RESHAPE that comes from a layer of another kind. */
  private static boolean isDerived(Operation operation) {
    return operation.code() == OpCode.RESHAPE
        && operation.layer().declaration().operation() == OperationKind.RESHAPE
        && !operation.layer().declaration().attributes().has(AttributeKey.RESHAPE_SHAPE);
  }

  /** Whether it brings all steps down to one. */
  private static boolean reduces(Operation operation) {
    return switch (operation.layer().declaration().operation()) {
      case GLOBAL_AVERAGE_POOL_1D, GLOBAL_MAX_POOL_1D -> operation.output().rank() == 1;
      default -> false;
    };
  }

  private List<String> renamed(List<String> names) {
    return names.stream().map(name -> instead.getOrDefault(name, name)).toList();
  }

  // ---------------------------------------------------------------- the way down

  private void add(Operation operation) {
    if (operation.code() == OpCode.RESHAPE) {
      reshape(operation);
      return;
    }
    Optional<Shape> before = shapeBefore(operation);
    if (before.isEmpty()) {
      keep(operation);
      return;
    }
    List<String> reads =
        operation.inputs().stream().map(name -> known(name).inputs().get(0)).toList();
    if (!operation.code().isElementwise()) {
      keep(reading(operation, reads.get(0)));
      return;
    }
    Operation moved =
        operation.named(operation.name() + "/before").reading(reads).yielding(before.get());
    keep(moved);
    keep(
        Operation.of(
            OpCode.RESHAPE,
            DerivedLayer.partOf(known(operation.inputs().get(0)).layer())
                .name(operation.name())
                .reading(moved.name(), before.get())
                .yielding(operation.output())));
  }

  private void reshape(Operation operation) {
    Operation reshape = operation;
    Operation inner = known(operation.inputs().get(0));
    boolean isNeeded = !isDerived(operation) || outputs.contains(operation.name());
    if (isDerived(inner)) {
      String read = inner.inputs().get(0);
      if (!isNeeded && known(read).output().equals(operation.output())) {
        instead.put(operation.name(), read);
        return;
      }
      reshape = reading(operation, read);
    }
    Operation first =
        isNeeded ? null : alike.putIfAbsent(List.of(reshape.inputs(), reshape.output()), reshape);
    if (first == null) {
      keep(reshape);
    } else {
      instead.put(reshape.name(), first.name());
    }
  }

  /** The shape that an operation can work in before the RESHAPEs that it reads. */
  private Optional<Shape> shapeBefore(Operation operation) {
    boolean reduces = reduces(operation);
    if (!reduces && !operation.code().isElementwise()) {
      return Optional.empty();
    }
    Set<Shape> shapes = new HashSet<>();
    for (String read : operation.inputs()) {
      Operation reshape = known(read);
      boolean isMovable =
          isDerived(reshape)
              && (reduces || readers.getOrDefault(read, 0) == 1)
              && !outputs.contains(read)
              && operation.output().channels() == reshape.output().channels();
      if (!isMovable) {
        return Optional.empty();
      }
      shapes.add(known(reshape.inputs().get(0)).output());
    }
    return shapes.size() == 1
        ? shapes.stream().filter(shape -> shape.rank() == 3).findFirst()
        : Optional.empty();
  }

  private Operation known(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  private void keep(Operation operation) {
    operations.add(operation);
    byName.put(operation.name(), operation);
  }

  private Operation reading(Operation operation, String read) {
    return operation.reading(read).from(operation.layer().reading(known(read).output()));
  }

  // ---------------------------------------------------------------- the second way

  /** Without RESHAPEs that nothing reads; a part of the layer that ends in one gets its name. */
  private List<Operation> withoutUnread() {
    Set<String> read = new HashSet<>(outputs);
    operations.forEach(operation -> read.addAll(operation.inputs()));
    instead.clear();
    List<Operation> needed = new ArrayList<>();
    for (Operation operation : operations) {
      if (!isDerived(operation) || read.contains(operation.name())) {
        needed.add(operation);
      } else if (operation.inputs().get(0).startsWith(operation.name() + "/")) {
        instead.put(operation.inputs().get(0), operation.name());
      }
    }
    return needed.stream()
        .map(
            each ->
                each.named(instead.getOrDefault(each.name(), each.name()))
                    .reading(renamed(each.inputs())))
        .toList();
  }
}
