package dev.detent.runtime.data;

/** Floats in arrays. */
final class FloatFeatures extends ChunkedFeatures {
  private final float[][] chunks;

  FloatFeatures(float[][] chunks, int perChunk, int size, int[] shape) {
    super(perChunk, size, shape);
    this.chunks = chunks.clone();
    ArrayExamples.checkLengths(chunks.length, i -> chunks[i].length, perFullChunk(), shape);
  }

  @Override
  public ElementType type() {
    return ElementType.FLOAT32;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    throw new UnsupportedOperationException("these features are floats; read them as floats");
  }

  @Override
  public void read(int index, float[] into, int offset) {
    System.arraycopy(chunks[chunk(index)], start(index), into, offset, elements());
  }
}
