package dev.detent.runtime.data;

/** Bytes in arrays. */
final class ByteFeatures extends ArrayFeatures<byte[]> {

  ByteFeatures(byte[][] examples, int[] shape) {
    super(examples, shape);
  }

  ByteFeatures(byte[] all, int[] shape) {
    super(new byte[][] {all}, count(all.length, shape), shape);
  }

  @Override
  public ElementType type() {
    return ElementType.UINT8;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    System.arraycopy(chunk(index), start(index), into, offset, elements());
  }

  @Override
  public void read(int index, float[] into, int offset) {
    byte[] chunk = chunk(index);
    int start = start(index);
    int elements = elements();
    for (int i = 0; i < elements; i++) {
      into[offset + i] = chunk[start + i] & 0xff;
    }
  }
}
