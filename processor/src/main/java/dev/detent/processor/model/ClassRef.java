package dev.detent.processor.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a class.
 *
 * @param packageName empty for the unnamed package
 * @param simpleNames of the outermost class first
 */
public record ClassRef(String packageName, List<String> simpleNames) {
  public ClassRef {
    simpleNames = List.copyOf(simpleNames);
  }

  /** As it is written inside its package: {@code Outer.Digits}. */
  public String nestedName() {
    return String.join(".", simpleNames);
  }

  /** The whole name. */
  public String qualifiedName() {
    return packageName.isEmpty() ? nestedName() : packageName + "." + nestedName();
  }

  /** A class of another name at the same place. */
  public ClassRef renamed(String other) {
    List<String> names = new ArrayList<>(simpleNames);
    names.set(names.size() - 1, other);
    return new ClassRef(packageName, names);
  }

  /** The class that is generated for it: {@code DigitsModel}, {@code Outer_DigitsModel}. */
  public ClassRef generated() {
    return new ClassRef(packageName, List.of(String.join("_", simpleNames) + "Model"));
  }
}
