package dev.detent.runtime.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Counts which classes are taken for which. Only pairs that occur take memory. Classes are counted
 * from 0.
 */
public final class ConfusionMatrix {
  private static final int MOST_COLUMNS = 20;

  private final List<String> names;
  private final int classes;
  private final Map<Long, Long> counts = new HashMap<>();
  private final long[] targets;
  private final long[] answers;

  /**
   * Some examples of one class that are taken for another.
   *
   * @param count how many
   */
  public record Mistake(int target, int answer, long count) {}

  /** Counts nothing yet, of so many classes that are called by their numbers. */
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** Counts nothing yet, of classes with these names. */
  public ConfusionMatrix(List<String> names) {
    this.names = List.copyOf(names);
    classes = names.size();
    targets = new long[classes];
    answers = new long[classes];
  }

  /**
   * Counts one answer.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public void add(int target, int answer) {
    targets[target]++;
    answers[answer]++;
    counts.merge((long) target * classes + answer, 1L, Long::sum);
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** The names of the classes. */
  public List<String> names() {
    return names;
  }

  /** How often a class was given to examples of another, or of itself. */
  public long count(int target, int answer) {
    return counts.getOrDefault((long) target * classes + answer, 0L);
  }

  /** How many examples are of a class. */
  public long ofClass(int target) {
    return targets[target];
  }

  /** The share of all answers that are right; NaN where nothing was counted. */
  public double accuracy() {
    long all = 0;
    long right = 0;
    for (int of = 0; of < classes; of++) {
      all += targets[of];
      right += count(of, of);
    }
    return (double) right / all;
  }

  /** The share of a class's examples that are answered with it; NaN where there is none. */
  public double recall(int target) {
    return (double) count(target, target) / targets[target];
  }

  /** The share of answers of a class that are right; NaN where it is never answered. */
  public double precision(int answer) {
    return (double) count(answer, answer) / answers[answer];
  }

  /** {@code 2 precision recall / (precision + recall)}, which is 0 where either is. */
  public double f1(int of) {
    long right = count(of, of);
    return 2.0 * right / (targets[of] + answers[of]);
  }

  /**
   * The intersection over union of a class, {@code right / (examples + answers - right)}; NaN where
   * it neither occurs nor is answered.
   */
  public double iou(int of) {
    long right = count(of, of);
    return (double) right / (targets[of] + answers[of] - right);
  }

  /** The mean {@link #f1} of the classes that occur or are answered: "macro". */
  public double meanF1() {
    return mean(IntStream.range(0, classes).mapToDouble(this::f1));
  }

  /**
   * The mean {@link #iou} of the classes that occur or are answered, over all examples together
   * (Everingham et al., 2010), while {@link dev.detent.runtime.train.Metrics#meanIou} takes the
   * mean of examples.
   */
  public double meanIou() {
    return mean(IntStream.range(0, classes).mapToDouble(this::iou));
  }

  private static double mean(DoubleStream values) {
    return values.filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }

  /** The most frequent mistakes. */
  public List<Mistake> mistakes(int most) {
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

  /** Examples down, answers across; of more than 20 classes their figures alone. */
  @Override
  public String toString() {
    boolean isWhole = classes <= MOST_COLUMNS;
    List<String> columns = new ArrayList<>(List.of("class"));
    if (isWhole) {
      columns.addAll(names);
    }
    columns.addAll(List.of("precision", "recall", "F1"));
    TextTable table = TextTable.of(columns.toArray(String[]::new));
    for (int target = 0; target < classes; target++) {
      List<Object> row = new ArrayList<>(List.of(names.get(target)));
      for (int answer = 0; isWhole && answer < classes; answer++) {
        row.add(count(target, answer));
      }
      for (double share : new double[] {precision(target), recall(target), f1(target)}) {
        row.add(Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.4f", share));
      }
      table.row(row.toArray());
    }
    return table.toString();
  }
}
