package dev.detent.runtime.internal.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The axes of a weight that are the output channels together: the last one of most kernels, the
 * last two of a depthwise one, the last but one of a transposed convolution's, none where there is
 * one scale only.
 *
 * @param first of them
 * @param count how many, one after the other
 */
public record ChannelAxes(int first, int count) {

  /** The last axis of a weight of that rank; none of a scalar. */
  static ChannelAxes last(int rank) {
    return new ChannelAxes(Math.max(0, rank - 1), Math.min(1, rank));
  }

  /** No axis of a weight of that rank. */
  static ChannelAxes none(int rank) {
    return new ChannelAxes(rank, 0);
  }

  /** How many channels there are. */
  public int channels(int[] shape) {
    return product(IntStream.of(shape).skip(first).limit(count));
  }

  /** How many values in a row, the last axis changing fastest, belong to one channel. */
  public int run(int[] shape) {
    return product(IntStream.of(shape).skip(first + count));
  }

  /** The other axes of a weight of that rank. */
  int[] others(int rank) {
    return IntStream.range(0, rank).filter(axis -> !contains(axis)).toArray();
  }

  /** The weight's sizes with 1 for all other axes. */
  int[] broadcastShape(int[] shape) {
    int[] whole = shape.clone();
    Arrays.setAll(whole, axis -> contains(axis) ? shape[axis] : 1);
    return whole;
  }

  private boolean contains(int axis) {
    return axis >= first && axis < first + count;
  }

  private static int product(IntStream sizes) {
    return sizes.reduce(1, Math::multiplyExact);
  }
}
