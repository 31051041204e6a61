package dev.detent.runtime.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Labels that an output gives in their order, at steps that nobody names: a class for each step, of
 * which one, the blank, stands for no label (Graves et al., "Connectionist Temporal
 * Classification", 2006).
 */
public final class LabelSequences {
  /** What stands behind the last label of a row that is longer. */
  private static final int PADDING = -1;

  private LabelSequences() {}

  /**
   * The labels of an output, decoded greedily: the largest class of each step, of equal ones in a
   * row the first, without blanks. {@code a a - a b b -} is {@code a a b}.
   *
   * @param output {@code [steps, classes]} row by row: logits or probabilities
   * @param classes how many, the blank among them, at least 1
   * @param blank the class that stands for no label
   * @return a label for each, at most one a step
   * @throws IllegalArgumentException if the output has no whole steps, or the blank is no class
   */
  public static int[] decode(float[] output, int classes, int blank) {
    if (classes < 1 || output.length % classes != 0) {
      throw new IllegalArgumentException(
          output.length + " values are no steps of " + classes + " classes");
    }
    if (blank < 0 || blank >= classes) {
      throw new IllegalArgumentException(
          "the blank is class " + blank + "; there are the classes 0 to " + (classes - 1));
    }
    int[] labels = new int[output.length / classes];
    int count = 0;
    int before = blank;
    for (int from = 0; from < output.length; from += classes) {
      int said = 0;
      for (int i = 1; i < classes; i++) {
        said = output[from + i] > output[from + said] ? i : said;
      }
      if (said != before && said != blank) {
        labels[count++] = said;
      }
      before = said;
    }
    return Arrays.copyOf(labels, count);
  }

  /**
   * An output as it is compared with targets place by place: where these are sequences of labels, a
   * 1 at each decoded label and then at blanks, among zeros; else the output itself.
   */
  public static float[] comparable(Targets targets, float[] output) {
    if (targets.blank().isEmpty()) {
      return output;
    }
    int blank = targets.blank().getAsInt();
    int classes = targets.classCount();
    int[] labels = decode(output, classes, blank);
    float[] answers = new float[output.length];
    for (int place = 0; place < output.length / classes; place++) {
      answers[place * classes + (place < labels.length ? labels[place] : blank)] = 1;
    }
    return answers;
  }

  /** See {@link Targets#labelSequences}. */
  static Targets targets(int[][] labels, List<String> names, int blank, int steps) {
    Checks.atLeast(1, steps, "the number of steps");
    if (blank < 0 || blank >= names.size() || names.size() > ClassMapTargets.MOST_CLASSES) {
      throw new DataException(
          "the blank is class %s of %s; it must be one of them, and there may be %s"
              .formatted(blank, names.size(), ClassMapTargets.MOST_CLASSES));
    }
    byte[][] padded = new byte[labels.length][steps];
    for (int i = 0; i < labels.length; i++) {
      Arrays.fill(padded[i], (byte) blank);
      fill(padded[i], i, labels[i], names.size(), blank);
    }
    return new ClassMapTargets(padded, names, OptionalInt.of(blank), steps);
  }

  private static void fill(byte[] places, int example, int[] labels, int classes, int blank) {
    int count = 0;
    while (count < labels.length && labels[count] >= 0) {
      count++;
    }
    int needed = count;
    for (int i = 0; i < labels.length; i++) {
      if (i < count ? labels[i] >= classes || labels[i] == blank : labels[i] != PADDING) {
        throw new DataException(
            ("label %s of example %s is %s; labels are classes from 0 to %s but the blank, %s, and"
                    + " behind them -1 alone")
                .formatted(i, example, labels[i], classes - 1, blank));
      }
      needed += i > 0 && i < count && labels[i] == labels[i - 1] ? 1 : 0;
    }
    if (needed > places.length) {
      throw new DataException(
          ("example %s has %s labels, which take %s steps with a blank between equal ones; there are"
                  + " %s")
              .formatted(example, count, needed, places.length));
    }
    for (int i = 0; i < count; i++) {
      places[i] = (byte) labels[i];
    }
  }
}
