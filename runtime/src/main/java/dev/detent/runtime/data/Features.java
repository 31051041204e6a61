package dev.detent.runtime.data;

import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/**
 * The values of one input of a model: {@link #size()} examples of one {@link #shape()}.
 *
 * <p>Each example is a run of <em>elements</em> in row-major order, which is {@code [height, width,
 * channels]} for images, and
 *
 * <pre>value = element * scale + offset</pre>
 *
 * computed in 32-bit floats. Bytes stay bytes until they are inside the model, which takes a
 * quarter of the memory and of the copying; the scale is applied there.
 *
 * <p>Implementations can be read from several threads at once.
 */
public interface Features {

  /** The number of examples, at least 0. */
  int size();

  /**
   * The shape of one example, without the batch.
   *
   * @return a new array of dimensions, each at least 1; empty for a single number
   */
  int[] shape();

  /** How elements are kept. */
  ElementType type();

  /** The factor from elements to values, finite. */
  default float scale() {
    return 1;
  }

  /** What is added to the scaled elements, finite. */
  default float offset() {
    return 0;
  }

  /**
   * Copies the elements of one example, unscaled.
   *
   * @param index the example, 0 to {@code size() - 1}
   * @param into where to, {@link #elements()} bytes, each an unsigned number from 0 to 255
   * @param offset where in {@code into} the first goes
   * @throws UnsupportedOperationException if the {@link #type()} is not {@link ElementType#UINT8}
   * @throws IndexOutOfBoundsException if there is no such example or {@code into} is too short
   * @throws DataException if the example cannot be read
   */
  void read(int index, byte[] into, int offset);

  /**
   * Copies the values of one example: the elements, scaled.
   *
   * @param index the example, 0 to {@code size() - 1}
   * @param into where to, {@link #elements()} floats
   * @param offset where in {@code into} the first goes
   * @throws IndexOutOfBoundsException if there is no such example or {@code into} is too short
   * @throws DataException if the example cannot be read
   */
  void read(int index, float[] into, int offset);

  /** The number of elements of one example, the product of its {@link #shape()}, at least 1. */
  default int elements() {
    return Checks.elements(shape());
  }

  /** Names an example for messages: the file that it came from, or its number. */
  default String name(int index) {
    return "example " + index;
  }

  /** Feeds the content of one example to a hash; see {@link Examples#fingerprint()}. */
  default void digest(int index, MessageDigest digest) {
    if (type() == ElementType.UINT8) {
      byte[] bytes = new byte[elements()];
      read(index, bytes, 0);
      digest.update(bytes);
    } else {
      float[] floats = new float[elements()];
      read(index, floats, 0);
      Fingerprints.update(digest, floats);
    }
  }

  /**
   * These features with {@code value = element * scale}, whatever it was before.
   *
   * @param scale the factor, finite; {@code 1f / 255} takes bytes to the range 0 to 1
   * @return a view
   */
  default Features scaled(float scale) {
    return scaled(scale, 0);
  }

  /**
   * These features with {@code value = element * scale + offset}, whatever it was before. Two calls
   * do not add up: the last one counts.
   *
   * @param scale the factor, finite; {@code 1f / 127.5f} with an offset of -1 takes bytes to the
   *     range -1 to 1
   * @param offset what is added, finite
   * @return a view
   */
  default Features scaled(float scale, float offset) {
    return FeaturesView.scaled(this, scale, offset);
  }

  /**
   * These features with each example changed by a function, each time that it is read. What takes
   * long is better done once, before {@link #of(float[][], int...)}.
   *
   * @param change gets the scaled values of one example, in an array of its own, and returns those
   *     to use instead, in the same array or another one; called from several threads at once. What
   *     it returns for an example must not change from call to call
   * @param shape the shape of what is returned; none stands for the shape of these features
   * @return a view, of type {@link ElementType#FLOAT32} with a scale of 1
   */
  default Features map(UnaryOperator<float[]> change, int... shape) {
    return new MappedFeatures(this, change, shape.length > 0 ? shape : shape());
  }

  /**
   * Some of the examples.
   *
   * @param indices the examples, in the order wanted; they may repeat
   * @return a view
   * @throws IndexOutOfBoundsException if one of the indices is not below {@link #size()}
   */
  default Features subset(int... indices) {
    return new FeaturesView(this, Checks.indices(indices, size()), scale(), offset());
  }

  /**
   * The first examples.
   *
   * @param count how many, 0 to {@link #size()}
   * @return a view
   */
  default Features take(int count) {
    return subset(Checks.firstIndices(Checks.take(count, size())));
  }

  /**
   * Features from one array an example.
   *
   * @param examples the examples, each as long as {@code shape} says; they are not copied
   * @param shape the shape of one example; none stands for {@code [length of the first]}
   * @return features of type {@link ElementType#FLOAT32}
   * @throws DataException if an example is of another length
   */
  static Features of(float[][] examples, int... shape) {
    return new ArrayFeatures(ElementType.FLOAT32, examples, shape);
  }

  /**
   * Features from one array that holds all examples one after the other.
   *
   * @param values the examples; their number is the length divided by the product of the shape
   * @param shape the shape of one example
   * @return features of type {@link ElementType#FLOAT32}, on the array itself: it is not copied
   * @throws DataException if the length is not a multiple of the product of the shape
   */
  static Features of(float[] values, int... shape) {
    return ArrayFeatures.ofWhole(ElementType.FLOAT32, values, shape);
  }

  /**
   * Features from one array of unsigned bytes an example.
   *
   * @param examples the examples, each as long as {@code shape} says; they are not copied
   * @param shape the shape of one example; none stands for {@code [length of the first]}
   * @return features of type {@link ElementType#UINT8} with a scale of 1
   * @throws DataException if an example is of another length
   */
  static Features bytes(byte[][] examples, int... shape) {
    return new ArrayFeatures(ElementType.UINT8, examples, shape);
  }

  /**
   * Features from one array of unsigned bytes that holds all examples one after the other.
   *
   * @param values the examples; their number is the length divided by the product of the shape
   * @param shape the shape of one example
   * @return features of type {@link ElementType#UINT8} with a scale of 1, on the array itself: it
   *     is not copied
   * @throws DataException if the length is not a multiple of the product of the shape
   */
  static Features bytes(byte[] values, int... shape) {
    return ArrayFeatures.ofWhole(ElementType.UINT8, values, shape);
  }
}
