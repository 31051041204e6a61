package dev.detent.runtime.data;

import java.security.MessageDigest;

/** Other features in another order or scale, otherwise as they are. */
abstract class FeaturesView implements Features {
  final Features all;

  FeaturesView(Features all) {
    this.all = all;
  }

  /** Which example of the others an example is. */
  int at(int index) {
    return index;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public final int[] shape() {
    return all.shape();
  }

  @Override
  public final int elements() {
    return all.elements();
  }

  @Override
  public final ElementType type() {
    return all.type();
  }

  @Override
  public float scale() {
    return all.scale();
  }

  @Override
  public float offset() {
    return all.offset();
  }

  @Override
  public final String name(int index) {
    return all.name(at(index));
  }

  @Override
  public final void digest(int index, MessageDigest digest) {
    all.digest(at(index), digest);
  }

  @Override
  public final void read(int index, byte[] into, int offset) {
    all.read(at(index), into, offset);
  }

  @Override
  public void read(int index, float[] into, int offset) {
    all.read(at(index), into, offset);
  }

  @Override
  public final String toString() {
    return ArrayFeatures.describe(this);
  }
}
