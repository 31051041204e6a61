package dev.detent.runtime.internal.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts which classes are taken for which; only pairs that occur take memory. */
final class Confusion {
  private final int classes;
  private final Map<Long, Long> counts = new HashMap<>();
  private final long[] targets;
  private final long[] answers;

  /**
   * Some examples of one class that are taken for another.
   *
   * @param count how many
   */
  record Mistake(int target, int answer, long count) {}

  Confusion(int classes) {
    this.classes = classes;
    targets = new long[classes];
    answers = new long[classes];
  }

  void add(int target, int answer) {
    counts.merge((long) target * classes + answer, 1L, Long::sum);
    targets[target]++;
    answers[answer]++;
  }

  int classes() {
    return classes;
  }

  /** How often a class was given to examples of another, or of itself. */
  long count(int target, int answer) {
    return counts.getOrDefault((long) target * classes + answer, 0L);
  }

  /** How many examples are of a class. */
  long ofClass(int target) {
    return targets[target];
  }

  /** The share of a class's examples that are answered with it; NaN where there is none. */
  double recall(int target) {
    return (double) count(target, target) / targets[target];
  }

  /** The share of answers of a class that are right; NaN where it is never answered. */
  double precision(int answer) {
    return (double) count(answer, answer) / answers[answer];
  }

  /** {@code 2 precision recall / (precision + recall)}, which is 0 where either is. */
  double f1(int of) {
    long right = count(of, of);
    return 2.0 * right / (targets[of] + answers[of]);
  }

  /** The most frequent mistakes. */
  List<Mistake> mistakes(int most) {
    List<Mistake> all = new ArrayList<>();
    counts.forEach(
        (pair, count) -> {
          int target = (int) (pair / classes);
          int answer = (int) (pair % classes);
          if (target != answer) {
            all.add(new Mistake(target, answer, count));
          }
        });
    all.sort(
        Comparator.comparingLong(Mistake::count)
            .reversed()
            .thenComparingInt(Mistake::target)
            .thenComparingInt(Mistake::answer));
    return all.subList(0, Math.min(most, all.size()));
  }
}
