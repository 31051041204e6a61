package dev.detent.runtime.data;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * Elements in arrays, each of which holds {@code perChunk} examples.
 *
 * @param <A> {@code byte[]} or {@code float[]}
 */
abstract class ArrayFeatures<A> implements Features {
  private final A[] chunks;
  private final int perChunk;
  private final int size;
  private final int[] shape;
  private final int elements;

  /** Of arrays of one example each; no shape stands for the length of the first. */
  ArrayFeatures(A[] examples, int[] shape) {
    this(examples, 1, examples.length, shape.length > 0 ? shape : shapeOf(examples));
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

  /** Of one array with all examples. */
  ArrayFeatures(A[] whole, int size, int[] shape) {
    this(whole, size, size, shape);
  }

  private ArrayFeatures(A[] chunks, int perChunk, int size, int[] shape) {
    this.chunks = chunks.clone();
    this.perChunk = perChunk;
    this.size = size;
    this.shape = shape.clone();
    this.elements = Checks.elements(shape);
  }

  /** How many examples an array of this length holds. */
  static int count(int length, int[] shape) {
    int elements = Checks.elements(shape);
    if (length % elements != 0) {
      throw new DataException(
          "%s elements are not a whole number of examples of the shape %s (%s elements)"
              .formatted(length, Arrays.toString(shape), elements));
    }
    return length / elements;
  }

  /** The array that an example is in. */
  final A chunk(int index) {
    return chunks[Checks.index(index, size) / perChunk];
  }

  /** Where in its array an example begins. */
  final int start(int index) {
    return index % perChunk * elements;
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final int[] shape() {
    return shape.clone();
  }

  @Override
  public final int elements() {
    return elements;
  }

  @Override
  public final String toString() {
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
