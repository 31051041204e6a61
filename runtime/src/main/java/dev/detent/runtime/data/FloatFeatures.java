package dev.detent.runtime.data;

/** Floats in arrays, each of which holds {@code perChunk} examples. */
final class FloatFeatures implements Features {
  private final float[][] chunks;
  private final int perChunk;
  private final int size;
  private final int[] shape;
  private final int elements;

  FloatFeatures(float[][] chunks, int perChunk, int size, int[] shape) {
    this.chunks = chunks.clone();
    this.perChunk = perChunk;
    this.size = size;
    this.shape = shape.clone();
    this.elements = Checks.elements(shape);
    ArrayExamples.checkLengths(chunks.length, i -> chunks[i].length, perChunk * elements, shape);
  }

  @Override
  public int size() {
    return size;
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
  public float scale() {
    return 1;
  }

  @Override
  public float offset() {
    return 0;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    throw new UnsupportedOperationException("these features are floats; read them as floats");
  }

  @Override
  public void read(int index, float[] into, int offset) {
    Checks.index(index, size);
    System.arraycopy(chunks[index / perChunk], index % perChunk * elements, into, offset, elements);
  }

  @Override
  public String toString() {
    return ArrayExamples.describe(this);
  }
}
