package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;

/** One class an example. */
final class ClassTargets implements Targets {
  private final int[] classes;
  private final List<String> names;

  ClassTargets(int[] classes, List<String> names) {
    this.classes = classes.clone();
    this.names = List.copyOf(names);
    Checks.atLeast(1, names.size(), "the number of classes");
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= names.size()) {
        throw new DataException(
            "example "
                + i
                + " is of class "
                + classes[i]
                + "; there are the classes 0 to "
                + (names.size() - 1));
      }
    }
  }

  @Override
  public int size() {
    return classes.length;
  }

  @Override
  public boolean isClasses() {
    return true;
  }

  @Override
  public int classAt(int index) {
    return classes[Checks.index(index, classes.length)];
  }

  @Override
  public int classCount() {
    return names.size();
  }

  @Override
  public List<String> classNames() {
    return names;
  }

  @Override
  public int[] shape() {
    return new int[] {names.size()};
  }

  @Override
  public int width() {
    return names.size();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    int hot = classAt(index);
    Arrays.fill(into, offset, offset + names.size(), 0);
    into[offset + hot] = 1;
  }

  @Override
  public String toString() {
    return classes.length + " of " + names.size() + " classes";
  }
}
