package dev.detent.runtime.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a model answers a whole data set, output by output: what cannot be said as a mean over
 * examples.
 *
 * <pre>{@code
 * Scores scores = model.scores(test);
 * System.out.println(scores);
 * double recall = scores.classes().confusion().recall(3);
 * }</pre>
 */
public final class Scores {
  private final Map<String, Object> outputs;

  /** A {@link ClassScores} or {@link ValueScores} for each output. */
  public Scores(Map<String, Object> outputs) {
    this.outputs = new LinkedHashMap<>(outputs);
  }

  /**
   * The only output's, whose targets are classes.
   *
   * @throws IllegalStateException if there are several outputs, or the targets are numbers
   */
  public ClassScores classes() {
    return classes(only());
  }

  /**
   * An output's, whose targets are classes.
   *
   * @throws IllegalStateException if there is no such output, or its targets are numbers
   */
  public ClassScores classes(String output) {
    return of(output, ClassScores.class, "numbers: ask for values(...)");
  }

  /**
   * The only output's, whose targets are numbers.
   *
   * @throws IllegalStateException if there are several outputs, or the targets are classes
   */
  public ValueScores values() {
    return values(only());
  }

  /**
   * An output's, whose targets are numbers.
   *
   * @throws IllegalStateException if there is no such output, or its targets are classes
   */
  public ValueScores values(String output) {
    return of(output, ValueScores.class, "classes: ask for classes(...)");
  }

  private String only() {
    if (outputs.size() != 1) {
      throw new IllegalStateException("there are several outputs, name one of " + outputs.keySet());
    }
    return outputs.keySet().iterator().next();
  }

  private <T> T of(String output, Class<T> kind, String otherwise) {
    Object scores = outputs.get(output);
    if (scores == null) {
      throw new IllegalStateException(
          "there is no output '" + output + "'; there is " + outputs.keySet());
    }
    if (!kind.isInstance(scores)) {
      throw new IllegalStateException("the targets of '" + output + "' are " + otherwise);
    }
    return kind.cast(scores);
  }

  /** A table of each output's classes, a line of each output's numbers. */
  @Override
  public String toString() {
    return outputs.entrySet().stream()
        .map(output -> output.getKey() + ":\n" + output.getValue())
        .collect(Collectors.joining("\n"));
  }
}
