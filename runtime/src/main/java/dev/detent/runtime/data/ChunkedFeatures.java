package dev.detent.runtime.data;

/** Elements in arrays, each of which holds {@code perChunk} examples. */
abstract class ChunkedFeatures implements Features {
  private final int perChunk;
  private final int size;
  private final int[] shape;
  private final int elements;

  ChunkedFeatures(int perChunk, int size, int[] shape) {
    this.perChunk = perChunk;
    this.size = size;
    this.shape = shape.clone();
    this.elements = Checks.elements(shape);
  }

  /** Elements of a full chunk. */
  final int perFullChunk() {
    return perChunk * elements;
  }

  /** Which chunk an example is in. */
  final int chunk(int index) {
    return Checks.index(index, size) / perChunk;
  }

  /** Where in its chunk an example begins. */
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
    return ArrayExamples.describe(this);
  }
}
