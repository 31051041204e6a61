package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;

/** One class an example. */
final class ClassTargets extends NamedClasses {
  private final int[] classes;

  ClassTargets(int[] classes, List<String> names) {
    super(classes.length, names);
    this.classes = classes.clone();
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= classCount()) {
        throw outOfRange("example " + i, classes[i]);
      }
    }
  }

  @Override
  public int classAt(int index) {
    return classes[Checks.index(index, classes.length)];
  }

  @Override
  public int[] shape() {
    return new int[] {classCount()};
  }

  @Override
  public int width() {
    return classCount();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    int hot = classAt(index);
    Arrays.fill(into, offset, offset + classCount(), 0);
    into[offset + hot] = 1;
  }

  @Override
  public String toString() {
    return size() + " of " + classCount() + " classes";
  }
}
