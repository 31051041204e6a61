package dev.detent.runtime.data;

import java.security.MessageDigest;

/** Other features with a scale and an offset of their own. */
final class ScaledFeatures implements Features {
  private final Features unscaled;
  private final float scale;
  private final float offset;

  ScaledFeatures(Features features, float scale, float offset) {
    this.unscaled = features;
    this.scale = Checks.finite(scale, "the scale");
    this.offset = Checks.finite(offset, "the offset");
    if (features.type() == ElementType.FLOAT32
        && (features.scale() != 1 || features.offset() != 0)) {
      throw new IllegalArgumentException("float features with a scale cannot be scaled again");
    }
  }

  @Override
  public Features scaled(float newScale, float newOffset) {
    return new ScaledFeatures(unscaled, newScale, newOffset);
  }

  @Override
  public int size() {
    return unscaled.size();
  }

  @Override
  public int[] shape() {
    return unscaled.shape();
  }

  @Override
  public int elements() {
    return unscaled.elements();
  }

  @Override
  public ElementType type() {
    return unscaled.type();
  }

  @Override
  public float scale() {
    return scale;
  }

  @Override
  public float offset() {
    return offset;
  }

  @Override
  public String name(int index) {
    return unscaled.name(index);
  }

  @Override
  public void digest(int index, MessageDigest digest) {
    unscaled.digest(index, digest);
  }

  @Override
  public void read(int index, byte[] into, int at) {
    unscaled.read(index, into, at);
  }

  @Override
  public void read(int index, float[] into, int at) {
    int elements = elements();
    if (type() == ElementType.UINT8) {
      byte[] bytes = new byte[elements];
      unscaled.read(index, bytes, 0);
      for (int i = 0; i < elements; i++) {
        into[at + i] = (bytes[i] & 0xff) * scale + offset;
      }
    } else {
      unscaled.read(index, into, at);
      for (int i = 0; i < elements; i++) {
        into[at + i] = into[at + i] * scale + offset;
      }
    }
  }

  @Override
  public String toString() {
    return ArrayExamples.describe(this);
  }
}
