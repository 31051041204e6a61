package dev.detent.runtime.data;

/** Other features with a scale and an offset of their own. */
final class ScaledFeatures extends FeaturesView {
  private final float scale;
  private final float offset;

  ScaledFeatures(Features features, float scale, float offset) {
    super(features);
    this.scale = Checks.finite(scale, "the scale");
    this.offset = Checks.finite(offset, "the offset");
    if (features.type() == ElementType.FLOAT32
        && (features.scale() != 1 || features.offset() != 0)) {
      throw new IllegalArgumentException("float features with a scale cannot be scaled again");
    }
  }

  @Override
  public Features scaled(float newScale, float newOffset) {
    return new ScaledFeatures(all, newScale, newOffset);
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
  public void read(int index, float[] into, int at) {
    int elements = elements();
    if (type() == ElementType.UINT8) {
      byte[] bytes = new byte[elements];
      all.read(index, bytes, 0);
      for (int i = 0; i < elements; i++) {
        into[at + i] = (bytes[i] & 0xff) * scale + offset;
      }
    } else {
      all.read(index, into, at);
      for (int i = 0; i < elements; i++) {
        into[at + i] = into[at + i] * scale + offset;
      }
    }
  }
}
