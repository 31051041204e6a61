package dev.detent.runtime.data;

/** Floats in arrays. */
final class FloatFeatures extends ArrayFeatures<float[]> {

  FloatFeatures(float[][] examples, int[] shape) {
    super(examples, shape);
  }

  FloatFeatures(float[] all, int[] shape) {
    super(new float[][] {all}, count(all.length, shape), shape);
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
    System.arraycopy(chunk(index), start(index), into, offset, elements());
  }
}
