package dev.detent.runtime.data;

import java.security.MessageDigest;

/** Some examples of other features. */
final class SubsetFeatures implements Features {
  private final Features all;
  private final int[] indices;

  SubsetFeatures(Features all, int[] indices) {
    this.all = all;
    this.indices = indices;
  }

  private int at(int index) {
    return indices[Checks.index(index, indices.length)];
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int[] shape() {
    return all.shape();
  }

  @Override
  public int elements() {
    return all.elements();
  }

  @Override
  public ElementType type() {
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
  public Features scaled(float scale, float offset) {
    return new SubsetFeatures(all.scaled(scale, offset), indices);
  }

  @Override
  public String name(int index) {
    return all.name(at(index));
  }

  @Override
  public void digest(int index, MessageDigest digest) {
    all.digest(at(index), digest);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    all.read(at(index), into, offset);
  }

  @Override
  public void read(int index, float[] into, int offset) {
    all.read(at(index), into, offset);
  }

  @Override
  public String toString() {
    return ArrayExamples.describe(this);
  }
}
