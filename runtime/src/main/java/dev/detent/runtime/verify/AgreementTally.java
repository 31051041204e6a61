package dev.detent.runtime.verify;

import dev.detent.runtime.internal.graph.Tensors;

/** Sums up an {@link Agreement}. */
final class AgreementTally {
  /**
   * Float values are equal if they differ by less than this share of the example's largest: about
   * half a step of an int8 tensor that holds them. Where a float layer reads quantized ones, their
   * last bits, in which even the two sets of kernels differ, reach it.
   */
  private static final float FLOAT_TOLERANCE = 1f / 256;

  private final int bits;
  private final int classes;
  private long values;
  private long equal;
  private double largest;
  private double squares;
  private long answers;
  private long sameAnswers;

  /**
   * An empty one.
   *
   * @param bits of the steps that are compared; 0 where they are none
   * @param classes how many values make one answer; 1 where each value is one, as an index; 0 where
   *     there are no answers
   */
  AgreementTally(int bits, int classes) {
    this.bits = bits;
    this.classes = classes;
  }

  /** Adds one example; {@code reference} says how large a float difference may be. */
  void add(float[] reference, float[] other) {
    float tolerance = bits > 0 ? 0 : FLOAT_TOLERANCE * largestOf(reference);
    for (int i = 0; i < reference.length; i++) {
      double difference = Math.abs((double) reference[i] - other[i]);
      if (difference <= tolerance) {
        equal++;
      }
      largest = Math.max(largest, difference);
      squares += difference * difference;
    }
    values += reference.length;
    if (classes > 0) {
      for (int from = 0; from < reference.length; from += classes) {
        answers++;
        boolean isSame =
            classes == 1
                ? reference[from] == other[from]
                : Tensors.argMax(reference, from, classes) == Tensors.argMax(other, from, classes);
        sameAnswers += isSame ? 1 : 0;
      }
    }
  }

  Agreement agreement() {
    return new Agreement(
        bits,
        values,
        (double) equal / values,
        largest,
        Math.sqrt(squares / values),
        answers,
        answers == 0 ? Double.NaN : (double) sameAnswers / answers);
  }

  private static float largestOf(float[] values) {
    float largest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }
}
