package dev.detent.runtime.tflite;

import dev.detent.runtime.data.Batch;

/** Sums up how good one output is. */
final class QualityTally {
  private final int target;
  private double sum;
  private long count;

  QualityTally(int target) {
    this.target = target;
  }

  /** Adds one example of a batch; {@code reals} has the output's values from {@code from} on. */
  void add(Batch batch, int position, float[] reals, int from, int elements) {
    if (batch.isClasses(target)) {
      int places = batch.classesPerExample(target);
      int classes = elements / places;
      int[] wanted = batch.classes(target);
      for (int i = 0; i < places; i++) {
        int said = AgreementTally.argMax(reals, from + i * classes, classes);
        sum += said == wanted[position * places + i] ? 1 : 0;
      }
      count += places;
    } else {
      float[] wanted = batch.values(target);
      for (int i = 0; i < elements; i++) {
        sum += Math.abs((double) reals[from + i] - wanted[position * elements + i]);
      }
      count += elements;
    }
  }

  double mean() {
    return sum / count;
  }
}
