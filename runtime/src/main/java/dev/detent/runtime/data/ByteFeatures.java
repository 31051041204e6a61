package dev.detent.runtime.data;

/** Bytes in arrays. */
final class ByteFeatures extends ChunkedFeatures {
  private final byte[][] chunks;

  ByteFeatures(byte[][] chunks, int perChunk, int size, int[] shape) {
    super(perChunk, size, shape);
    this.chunks = chunks.clone();
    ArrayExamples.checkLengths(chunks.length, i -> chunks[i].length, perFullChunk(), shape);
  }

  @Override
  public ElementType type() {
    return ElementType.UINT8;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    System.arraycopy(chunks[chunk(index)], start(index), into, offset, elements());
  }

  @Override
  public void read(int index, float[] into, int offset) {
    byte[] chunk = chunks[chunk(index)];
    int start = start(index);
    int elements = elements();
    for (int i = 0; i < elements; i++) {
      into[offset + i] = chunk[start + i] & 0xff;
    }
  }
}
