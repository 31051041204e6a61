package dev.detent.runtime.data;

import java.util.List;

/** Numbers that some features hold. */
record FeatureTargets(Features features) implements Targets {
  @Override
  public int size() {
    return features.size();
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

  private static UnsupportedOperationException noClasses() {
    return new UnsupportedOperationException("these targets are numbers, not classes");
  }

  @Override
  public int[] shape() {
    return features.shape();
  }

  @Override
  public int width() {
    return features.elements();
  }

  @Override
  public void read(int index, float[] into, int offset) {
    features.read(index, into, offset);
  }

  @Override
  public String toString() {
    return features.toString();
  }
}
