package dev.detent.runtime.internal.report;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The examples of the largest scores, of which so many are kept. */
final class Farthest {
  private final int most;
  private final PriorityQueue<Scored> kept =
      new PriorityQueue<>(
          Comparator.comparingDouble(Scored::score)
              .thenComparing(Comparator.comparingInt(Scored::example).reversed()));

  private record Scored(int example, double score) {}

  Farthest(int most) {
    this.most = most;
  }

  void add(int example, double score) {
    if (Double.isNaN(score)) {
      return;
    }
    kept.add(new Scored(example, score));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** The largest first. */
  List<Integer> examples() {
    return kept.stream()
        .sorted(
            Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::example))
        .map(Scored::example)
        .toList();
  }
}
