package dev.detent.runtime.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells what arrays without names are, as {@code model.get_weights()} lists them: a kernel has two
 * axes or more and begins a layer; after it come its bias, if it has one, and the four vectors of
 * its batch norm, if it has one. Any other number of vectors could be several things and stays
 * without a name: a guess that is wrong would go unnoticed where shapes agree.
 */
final class UnnamedArrays {
  private static final int NORM = PartNames.BATCH_NORM.size();

  private UnnamedArrays() {}

  /** The arrays in their order, with parts where they can be told. */
  static List<SourceArray> named(List<SourceArray> arrays) {
    List<SourceArray> named = new ArrayList<>();
    for (int start = 0; start < arrays.size(); ) {
      int end = start + 1;
      if (arrays.get(start).part().isEmpty()) {
        while (end < arrays.size() && isVectorOf(arrays.get(end), arrays.get(start))) {
          end++;
        }
      }
      named.addAll(layer(arrays.subList(start, end)));
      start = end;
    }
    return named;
  }

  private static boolean isVectorOf(SourceArray array, SourceArray first) {
    return array.part().isEmpty()
        && array.layer().equals(first.layer())
        && array.shape().length == 1;
  }

  /** A kernel and the vectors after it. */
  private static List<SourceArray> layer(List<SourceArray> arrays) {
    SourceArray kernel = arrays.get(0);
    int vectors = arrays.size() - 1;
    if (!kernel.part().isEmpty() || kernel.shape().length < 2 || vectors % NORM > 1) {
      return arrays;
    }
    List<SourceArray> named = new ArrayList<>();
    named.add(as(kernel, kernel.name(), PartNames.KERNEL));
    int biases = vectors % NORM;
    if (biases == 1) {
      named.add(as(arrays.get(1), kernel.name(), PartNames.BIAS));
    }
    for (int i = 0; i < vectors - biases; i++) {
      SourceArray first = arrays.get(1 + biases + i / NORM * NORM);
      named.add(as(arrays.get(1 + biases + i), first.name(), PartNames.BATCH_NORM.get(i % NORM)));
    }
    return named;
  }

  private static SourceArray as(SourceArray array, String layer, String part) {
    return new SourceArray(array.name(), layer, part, array.shape(), array.reader());
  }
}
