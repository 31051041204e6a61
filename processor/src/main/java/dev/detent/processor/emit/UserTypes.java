package dev.detent.processor.emit;

import dev.detent.processor.ir.PlacedModel;
import dev.detent.processor.ir.PlacedOperation;
import dev.detent.processor.ir.RangeSpec;
import dev.detent.processor.model.Argument;
import dev.detent.processor.model.ClassRef;
import dev.detent.processor.model.QuantizationConfig;
import dev.detent.processor.model.QuantizerUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The classes that generated code names because the user does: quantizers, layers, arguments. */
final class UserTypes {
  private final Set<ClassRef> types = new LinkedHashSet<>();

  UserTypes(PlacedModel model) {
    for (PlacedOperation placed : model.operations()) {
      placed.weights().flatMap(QuantizationConfig.Weights::quantizer).ifPresent(this::add);
      placed.range().flatMap(RangeSpec::quantizer).ifPresent(this::add);
      placed
          .operation()
          .layer()
          .declaration()
          .custom()
          .ifPresent(
              use -> {
                types.add(use.implementation());
                add(use.arguments());
              });
    }
  }

  private void add(QuantizerUse use) {
    types.add(use.type());
    add(use.arguments());
  }

  private void add(List<Argument> arguments) {
    for (Argument argument : arguments) {
      if (argument instanceof Argument.EnumConstant constant) {
        types.add(constant.type());
      } else if (argument instanceof Argument.ClassLiteral literal) {
        types.add(literal.type().base());
      } else if (argument instanceof Argument.Array array) {
        types.add(array.component().base());
        add(array.values());
      }
    }
  }

  /** Whether there are others than Detent's own. */
  boolean areOthers() {
    return types.stream().anyMatch(type -> !type.packageName().startsWith("dev.detent.runtime"));
  }

  /**
   * What a name in an expression may begin with: an outermost class, or, where it has to be written
   * in full, a package. A variable of that name would hide it.
   */
  Set<String> firstNames() {
    Set<String> names = new TreeSet<>(Set.of("dev", "java"));
    for (ClassRef type : types) {
      names.add(type.simpleNames().get(0));
      names.add(type.qualifiedName().split("\\.")[0]);
    }
    return names;
  }

  /** A name for a nested class that hides no class which cannot be written in full. */
  String nested(String wanted) {
    return types.stream()
            .anyMatch(
                type -> type.packageName().isEmpty() && type.simpleNames().get(0).equals(wanted))
        ? wanted + "_"
        : wanted;
  }
}
