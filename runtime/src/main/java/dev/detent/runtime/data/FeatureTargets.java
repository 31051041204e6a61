package dev.detent.runtime.data;

/** Numbers that some features hold. */
final class FeatureTargets extends NumberTargets {
  private final Features features;

  FeatureTargets(Features features) {
    this.features = features;
  }

  @Override
  public int size() {
    return features.size();
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
