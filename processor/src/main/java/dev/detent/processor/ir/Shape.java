package dev.detent.processor.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor, without the batch.
 *
 * @param sizes each at least 1; of an image height, width and channels
 */
public record Shape(List<Integer> sizes) {
  public Shape {
    sizes = List.copyOf(sizes);
  }

  /** A shape of some sizes. */
  public static Shape of(Integer... sizes) {
    return new Shape(Arrays.asList(sizes));
  }

  /** How many sizes there are. */
  public int rank() {
    return sizes.size();
  }

  /** One of the sizes. */
  public int size(int axis) {
    return sizes.get(axis);
  }

  /**
   * The index of an axis as Keras counts it: the batch is 0, and negative numbers count from the
   * end. Out of range if there is no such axis.
   */
  public int axis(int counted) {
    return counted < 0 ? counted + rank() : counted - 1;
  }

  /** The last size. */
  public int channels() {
    return sizes.get(sizes.size() - 1);
  }

  /** The same with another size at one place. */
  public Shape with(int axis, int size) {
    List<Integer> changed = new ArrayList<>(sizes);
    changed.set(axis, size);
    return new Shape(changed);
  }

  /** The same with another last size. */
  public Shape withChannels(int channels) {
    return with(rank() - 1, channels);
  }

  /** The same with size 1 along some axes, which count the batch. */
  public Shape sharedAlong(List<Integer> axes) {
    List<Integer> changed = new ArrayList<>(sizes);
    axes.forEach(axis -> changed.set(axis - 1, 1));
    return new Shape(changed);
  }

  /**
   * The shape of values of this and of another, place by place: sizes of 1 are repeated, and the
   * shorter of the two has sizes of 1 in front. Empty if the two do not fit.
   */
  public Optional<Shape> broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    Shape a = ofRank(rank);
    Shape b = other.ofRank(rank);
    List<Integer> merged = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (a.size(i) != b.size(i) && a.size(i) != 1 && b.size(i) != 1) {
        return Optional.empty();
      }
      merged.add(Math.max(a.size(i), b.size(i)));
    }
    return Optional.of(new Shape(merged));
  }

  /** The same with sizes of 1 in front. */
  public Shape ofRank(int rank) {
    List<Integer> padded = new ArrayList<>(Collections.nCopies(rank - rank(), 1));
    padded.addAll(sizes);
    return new Shape(padded);
  }

  /** How many values there are; {@link Long#MAX_VALUE} if that is more than a long holds. */
  public long elements() {
    long elements = 1;
    for (int size : sizes) {
      if (elements > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      elements *= size;
    }
    return elements;
  }

  /** The sizes, as arguments of a call: {@code 28, 28, 1}. */
  public String arguments() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** {@code [28, 28, 1]}. */
  @Override
  public String toString() {
    return sizes.toString();
  }
}
