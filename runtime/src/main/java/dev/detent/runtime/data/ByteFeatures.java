package dev.detent.runtime.data;

/** Bytes in arrays, each of which holds {@code perChunk} examples. */
final class ByteFeatures implements Features {
  private final byte[][] chunks;
  private final int perChunk;
  private final int size;
  private final int[] shape;
  private final int elements;

  ByteFeatures(byte[][] chunks, int perChunk, int size, int[] shape) {
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
    return ElementType.UINT8;
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
    Checks.index(index, size);
    System.arraycopy(chunks[index / perChunk], index % perChunk * elements, into, offset, elements);
  }

  @Override
  public void read(int index, float[] into, int offset) {
    Checks.index(index, size);
    byte[] chunk = chunks[index / perChunk];
    int start = index % perChunk * elements;
    for (int i = 0; i < elements; i++) {
      into[offset + i] = chunk[start + i] & 0xff;
    }
  }

  @Override
  public String toString() {
    return ArrayExamples.describe(this);
  }
}
