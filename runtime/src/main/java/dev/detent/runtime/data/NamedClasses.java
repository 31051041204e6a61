package dev.detent.runtime.data;

import java.util.List;

/** Classes with names, whatever number of them an example has. */
abstract class NamedClasses implements Targets {
  private final int size;
  private final List<String> names;

  NamedClasses(int size, List<String> names) {
    this.size = size;
    this.names = List.copyOf(names);
    Checks.atLeast(1, names.size(), "the number of classes");
  }

  /** That a class is out of range. */
  final DataException outOfRange(String what, int found) {
    return new DataException(
        what + " is of class " + found + "; there are the classes 0 to " + (names.size() - 1));
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final boolean isClasses() {
    return true;
  }

  @Override
  public final int classCount() {
    return names.size();
  }

  @Override
  public final List<String> classNames() {
    return names;
  }
}
