package dev.detent.runtime.data;

/** Some examples of other features. */
final class SubsetFeatures extends FeaturesView {
  private final int[] indices;

  SubsetFeatures(Features all, int[] indices) {
    super(all);
    this.indices = indices;
  }

  @Override
  int at(int index) {
    return indices[Checks.index(index, indices.length)];
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Features scaled(float scale, float offset) {
    return new SubsetFeatures(all.scaled(scale, offset), indices);
  }
}
