package dev.detent.runtime.data;

import java.util.List;

/** Numbers, of which nobody can ask for a class. */
abstract class NumberTargets implements Targets {
  @Override
  public final boolean isClasses() {
    return false;
  }

  @Override
  public final int classAt(int index) {
    throw noClasses();
  }

  @Override
  public int classCount() {
    throw noClasses();
  }

  @Override
  public List<String> classNames() {
    throw noClasses();
  }

  private static UnsupportedOperationException noClasses() {
    return new UnsupportedOperationException("these targets are numbers, not classes");
  }
}
