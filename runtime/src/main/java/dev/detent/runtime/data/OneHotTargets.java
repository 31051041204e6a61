package dev.detent.runtime.data;

import java.util.List;

/** Other targets as numbers, whatever they are. */
record OneHotTargets(Targets all) implements Targets {
  private static UnsupportedOperationException noClasses() {
    return new UnsupportedOperationException("these targets are numbers, not classes");
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public boolean isClasses() {
    return false;
  }

  @Override
  public int classAt(int index) {
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

  @Override
  public int[] shape() {
    return all.shape();
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    all.read(index, into, offset);
  }

  @Override
  public String toString() {
    return "shares of: " + all;
  }
}
