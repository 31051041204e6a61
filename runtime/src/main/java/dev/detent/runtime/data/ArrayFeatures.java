package dev.detent.runtime.data;

import java.lang.reflect.Array;
import java.util.Arrays;

/** Elements in arrays, each of which holds {@code perChunk} examples. */
final class ArrayFeatures implements Features {
  private final ElementType type;

  /** Each a {@code byte[]} or {@code float[]}, as the type says. */
  private final Object[] chunks;

  private final int perChunk;
  private final int size;
  private final int[] shape;
  private final int elements;

  /** Of arrays of one example each; no shape stands for the length of the first. */
  ArrayFeatures(ElementType type, Object[] examples, int[] shape) {
    this(type, examples, 1, examples.length, shape.length > 0 ? shape : shapeOf(examples));
    for (int i = 0; i < chunks.length; i++) {
      int length = Array.getLength(chunks[i]);
      if (length != elements) {
        throw new DataException(
            "example %s has %s elements; the shape %s has %s"
                .formatted(i, length, Arrays.toString(this.shape), elements));
      }
    }
  }

  private static int[] shapeOf(Object[] examples) {
    int length = examples.length > 0 ? Array.getLength(examples[0]) : 0;
    return length > 0 ? new int[] {length} : new int[0];
  }

  private ArrayFeatures(ElementType type, Object[] chunks, int perChunk, int size, int[] shape) {
    this.type = type;
    this.chunks = chunks.clone();
    this.perChunk = perChunk;
    this.size = size;
    this.shape = shape.clone();
    this.elements = Checks.elements(shape);
  }

  /** Of one array with all examples. */
  static ArrayFeatures ofWhole(ElementType type, Object all, int[] shape) {
    int length = Array.getLength(all);
    int elements = Checks.elements(shape);
    if (length % elements != 0) {
      throw new DataException(
          "%s elements are not a whole number of examples of the shape %s (%s elements)"
              .formatted(length, Arrays.toString(shape), elements));
    }
    int size = length / elements;
    return new ArrayFeatures(type, new Object[] {all}, size, size, shape);
  }

  /** The array that an example is in. */
  private Object chunk(int index) {
    return chunks[Checks.index(index, size) / perChunk];
  }

  /** Where in its array an example begins. */
  private int start(int index) {
    return index % perChunk * elements;
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
    return type;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    if (type == ElementType.FLOAT32) {
      throw new UnsupportedOperationException("these features are floats; read them as floats");
    }
    System.arraycopy(chunk(index), start(index), into, offset, elements);
  }

  @Override
  public void read(int index, float[] into, int offset) {
    if (!(chunk(index) instanceof byte[] bytes)) {
      System.arraycopy(chunk(index), start(index), into, offset, elements);
      return;
    }
    int start = start(index);
    for (int i = 0; i < elements; i++) {
      into[offset + i] = bytes[start + i] & 0xff;
    }
  }

  @Override
  public String toString() {
    return describe(this);
  }

  /** For example {@code 8000 x [28, 28, 1] uint8}. */
  static String describe(Features features) {
    String mapping =
        features.scale() == 1 && features.offset() == 0
            ? ""
            : " * " + features.scale() + (features.offset() == 0 ? "" : " + " + features.offset());
    return "%s x %s %s%s"
        .formatted(
            features.size(),
            Arrays.toString(features.shape()),
            features.type() == ElementType.UINT8 ? "uint8" : "float32",
            mapping);
  }
}
