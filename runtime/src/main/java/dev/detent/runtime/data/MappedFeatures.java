package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Other features, whose values a function changes when they are read. */
final class MappedFeatures implements Features {
  private final Features all;
  private final UnaryOperator<float[]> change;
  private final int[] shape;
  private final int elements;

  MappedFeatures(Features all, UnaryOperator<float[]> change, int... shape) {
    this.all = all;
    this.change = Objects.requireNonNull(change, "change");
    this.shape = shape.clone();
    this.elements = Checks.elements(shape);
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int elements() {
    return elements;
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public String name(int index) {
    return all.name(index);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    throw new UnsupportedOperationException("these features are floats; read them as floats");
  }

  @Override
  public void read(int index, float[] into, int offset) {
    float[] values = new float[all.elements()];
    all.read(index, values, 0);
    float[] changed = change.apply(values);
    if (changed.length != elements) {
      throw new DataException(
          "%s has %s values after map; the shape %s has %s"
              .formatted(name(index), changed.length, Arrays.toString(shape), elements));
    }
    System.arraycopy(changed, 0, into, offset, elements);
  }

  @Override
  public String toString() {
    return ArrayFeatures.describe(this);
  }
}
