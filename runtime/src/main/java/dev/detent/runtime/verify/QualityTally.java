package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.internal.graph.Tensors;
import java.util.HashMap;
import java.util.Map;

/** Sums up how good one output is. */
final class QualityTally {
  private final int target;
  private final double[] perExample;
  private final Map<Integer, Long> answers = new HashMap<>();
  private int examples;
  private double sum;
  private long count;

  /**
   * An empty one.
   *
   * @param size how many examples there will be
   */
  QualityTally(int target, int size) {
    this.target = target;
    this.perExample = new double[size];
  }

  /** Adds one example of a batch; {@code reals} has the output's values from {@code from} on. */
  void add(Batch batch, int position, float[] reals, int from, int elements) {
    double before = sum;
    int values;
    if (batch.isClasses(target)) {
      int places = batch.classesPerExample(target);
      int classes = elements / places;
      int[] wanted = batch.classes(target);
      for (int i = 0; i < places; i++) {
        int said = Tensors.argMax(reals, from + i * classes, classes);
        answers.merge(said, 1L, Long::sum);
        sum += said == wanted[position * places + i] ? 1 : 0;
      }
      values = places;
    } else {
      float[] wanted = batch.values(target);
      values = 0;
      for (int i = 0; i < elements; i++) {
        float right = wanted[position * elements + i];
        if (!Float.isNaN(right)) { // else it is missing
          sum += Math.abs((double) reals[from + i] - right);
          values++;
        }
      }
    }
    count += values;
    perExample[examples++] = values == 0 ? 0 : (sum - before) / values;
  }

  /** How many different classes were answered; 0 where the output is numbers. */
  int kinds() {
    return answers.size();
  }

  /** The class that was answered most often; -1 where the output is numbers. */
  int mostCommon() {
    return answers.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(-1);
  }

  /** How often a class was answered, 0 to 1. */
  double share(int answer) {
    return (double) answers.getOrDefault(answer, 0L) / count;
  }

  /** Of each example, in their order. */
  double[] perExample() {
    return perExample;
  }

  double mean() {
    return sum / count;
  }
}
