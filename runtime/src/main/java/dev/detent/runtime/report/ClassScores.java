package dev.detent.runtime.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an output answers classes.
 *
 * @see Scores
 */
public final class ClassScores {
  private final ConfusionMatrix confusion;
  private final float @Nullable [][] probabilities;
  private final int @Nullable [] targets;

  /**
   * What was counted.
   *
   * @param probabilities of each example, and {@code targets} their classes; null where examples
   *     have a class for each of their places
   */
  public ClassScores(
      ConfusionMatrix confusion, float @Nullable [][] probabilities, int @Nullable [] targets) {
    this.confusion = confusion;
    this.probabilities = probabilities;
    this.targets = targets;
  }

  /** Which classes are taken for which. */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /**
   * The area under the ROC curve of one class against all others: how often one of its examples has
   * a higher probability of it than one of another class, ties counting half (Hanley and McNeil,
   * 1982).
   *
   * @return 0.5 for chance, 1 for perfection; NaN where all or none of the examples are of the
   *     class
   * @throws IllegalStateException if examples have a class for each of their places
   */
  public double auc(int ofClass) {
    if (probabilities == null || targets == null) {
      throw new IllegalStateException(
          "each place of an example has a class; the AUC is known of whole examples only");
    }
    Integer[] order = new Integer[targets.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i][ofClass]));
    double rankSum = 0;
    long positives = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      long tied = 0;
      while (to < order.length
          && probabilities[order[to]][ofClass] == probabilities[order[from]][ofClass]) {
        tied += targets[order[to]] == ofClass ? 1 : 0;
        to++;
      }
      rankSum += tied * (from + 1 + to) / 2.0; // the mean rank of those that tie
      positives += tied;
      from = to;
    }
    long negatives = order.length - positives;
    return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  /** The mean {@link #auc(int)} of the classes that it is known of. */
  public double auc() {
    List<String> names = confusion.names();
    double sum = 0;
    int known = 0;
    for (int i = 0; i < names.size(); i++) {
      double auc = auc(i);
      if (!Double.isNaN(auc)) {
        sum += auc;
        known++;
      }
    }
    return sum / known;
  }

  @Override
  public String toString() {
    return confusion.toString();
  }
}
