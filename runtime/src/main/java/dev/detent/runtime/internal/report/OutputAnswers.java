package dev.detent.runtime.internal.report;

import dev.detent.runtime.report.ConfusionMatrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all forms of a model answer on one of its outputs.
 *
 * @param output its name
 * @param isClasses whether the answers are classes
 * @param qualities of each form, in their order: the share of right answers, or the mean absolute
 *     error
 * @param inFloat how the first form mixes up classes; null where the answers are numbers
 * @param deployed the same of the last form; null where there is one form only
 * @param deployedName of the last form
 * @param changed how many examples the last form answers otherwise than the first
 * @param mostChanged some of them, those that differ most first
 * @param worst examples that the last form answers worst
 */
public record OutputAnswers(
    String output,
    boolean isClasses,
    List<Quality> qualities,
    @Nullable ConfusionMatrix inFloat,
    @Nullable ConfusionMatrix deployed,
    String deployedName,
    long changed,
    List<Shown> mostChanged,
    List<Shown> worst) {

  /** Copies the lists. */
  public OutputAnswers {
    qualities = List.copyOf(qualities);
    mostChanged = List.copyOf(mostChanged);
    worst = List.copyOf(worst);
  }

  /**
   * How good a form is.
   *
   * @param form its name
   * @param value the share of right answers, 0 to 1, or the mean absolute error
   */
  public record Quality(String form, double value) {}

  /**
   * An example with its answers.
   *
   * @param name of the example
   * @param target in words; empty where a picture has it
   * @param said what each form says, in words
   * @param pictures of inputs, and of targets and answers that are pictures
   * @param series inputs that are curves
   */
  public record Shown(
      String name, String target, List<Said> said, List<Picture> pictures, List<Series> series) {
    /** Copies the lists. */
    public Shown {
      said = List.copyOf(said);
      pictures = List.copyOf(pictures);
      series = List.copyOf(series);
    }
  }

  /**
   * The answer of a form.
   *
   * @param form its short name
   * @param answer in words
   * @param isRight whether it is the target; null where that cannot be told
   */
  public record Said(String form, String answer, @Nullable Boolean isRight) {}

  /**
   * A curve.
   *
   * @param label what it is
   * @param channels of each its values
   */
  public record Series(String label, List<float[]> channels) {
    /** Copies the list. */
    public Series {
      channels = List.copyOf(channels);
    }
  }
}
