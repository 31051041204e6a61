package dev.detent.runtime.data;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Other features in another order or scale, otherwise as they are.
 *
 * @param indices the examples of the others that are here; null for all of them
 */
record FeaturesView(Features all, int @Nullable [] indices, float scale, float offset)
    implements Features {

  /** All examples of other features with a scale and an offset of their own. */
  static FeaturesView scaled(Features all, float scale, float offset) {
    Checks.finite(scale, "the scale");
    Checks.finite(offset, "the offset");
    if (all.type() == ElementType.FLOAT32 && (all.scale() != 1 || all.offset() != 0)) {
      throw new IllegalArgumentException("float features with a scale cannot be scaled again");
    }
    return new FeaturesView(all, null, scale, offset);
  }

  /** Which example of the others an example is. */
  private int at(int index) {
    return indices == null ? index : indices[Checks.index(index, indices.length)];
  }

  @Override
  public Features scaled(float newScale, float newOffset) {
    return indices == null
        ? scaled(all, newScale, newOffset)
        : new FeaturesView(all.scaled(newScale, newOffset), indices, newScale, newOffset);
  }

  @Override
  public int size() {
    return indices == null ? all.size() : indices.length;
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
    if (scale == all.scale() && this.offset == all.offset()) {
      all.read(at(index), into, offset);
      return;
    }
    int elements = elements();
    if (type() == ElementType.UINT8) {
      byte[] bytes = new byte[elements];
      all.read(at(index), bytes, 0);
      for (int i = 0; i < elements; i++) {
        into[offset + i] = (bytes[i] & 0xff) * scale + this.offset;
      }
    } else {
      all.read(at(index), into, offset);
      for (int i = 0; i < elements; i++) {
        into[offset + i] = into[offset + i] * scale + this.offset;
      }
    }
  }

  @Override
  public String toString() {
    return ArrayFeatures.describe(this);
  }
}
