package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.report.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums up what all forms of a model answer on one output. */
final class AnswerTally {
  private final String output;
  private final int target;
  private final Targets targets;
  private final List<Form> forms;
  private final double[] sums;
  private final @Nullable ConfusionMatrix inFloat;
  private final @Nullable ConfusionMatrix deployed;
  private final Farthest changes;
  private final Farthest mistakes;
  private long values;
  private long changed;

  /**
   * An empty one.
   *
   * @param most examples that are kept of those that changed, and of the worst
   */
  AnswerTally(String output, int target, Targets targets, List<Form> forms, int most) {
    this.output = output;
    this.target = target;
    this.targets = targets;
    this.forms = forms;
    sums = new double[forms.size()];
    boolean isClasses = targets.isClasses();
    inFloat = isClasses ? new ConfusionMatrix(targets.classNames()) : null;
    deployed = isClasses && forms.size() > 1 ? new ConfusionMatrix(targets.classNames()) : null;
    changes = new Farthest(most);
    mistakes = new Farthest(most);
  }

  /**
   * Adds one example.
   *
   * @param example its number
   * @param position its place in the batch
   * @param answers of each form
   */
  void add(int example, Batch batch, int position, List<float[]> answers) {
    if (targets.isClasses()) {
      addClasses(example, batch.classes(target), position, answers);
    } else {
      addNumbers(example, batch.values(target), position, answers);
    }
  }

  private void addClasses(int example, int[] wanted, int position, List<float[]> answers) {
    int places = targets.classesPerExample();
    values += places;
    int last = answers.size() - 1;
    int differing = 0;
    int wrong = 0;
    for (int place = 0; place < places; place++) {
      int right = wanted[position * places + place];
      int inFirst = 0;
      int inLast = 0;
      for (int form = 0; form <= last; form++) {
        int said = said(answers.get(form), place, places);
        sums[form] += said == right ? 1 : 0;
        if (form == 0) {
          inFirst = said;
        }
        inLast = said;
      }
      if (inFloat != null) {
        inFloat.add(right, inFirst);
      }
      if (deployed != null) {
        deployed.add(right, inLast);
      }
      differing += inFirst == inLast ? 0 : 1;
      wrong += inLast == right ? 0 : 1;
    }
    if (differing > 0) {
      changed++;
      double change =
          places == 1 ? distance(answers.get(0), answers.get(last)) : (double) differing / places;
      changes.add(example, change);
    }
    if (wrong > 0) {
      double mistake =
          places == 1
              ? lead(answers.get(last), wanted[position * places])
              : (double) wrong / places;
      mistakes.add(example, mistake);
    }
  }

  /** The class that has the largest value at a place. */
  static int said(float[] answer, int place, int places) {
    int classes = answer.length / places;
    return Tensors.argMax(answer, place * classes, classes);
  }

  /** How far the largest value is above that of the right class. */
  private static double lead(float[] answer, int right) {
    return answer[said(answer, 0, 1)] - answer[right];
  }

  /** The mean of absolute differences. */
  private static double distance(float[] some, float[] others) {
    double sum = 0;
    for (int i = 0; i < some.length; i++) {
      sum += Math.abs((double) some[i] - others[i]);
    }
    return sum / some.length;
  }

  private void addNumbers(int example, float[] wanted, int position, List<float[]> answers) {
    int last = answers.size() - 1;
    int elements = answers.get(0).length;
    for (int i = 0; i < elements; i++) {
      values += Float.isNaN(wanted[position * elements + i]) ? 0 : 1;
    }
    double error = 0;
    for (int form = 0; form <= last; form++) {
      error = 0;
      float[] answer = answers.get(form);
      for (int i = 0; i < elements; i++) {
        float right = wanted[position * elements + i];
        error += Float.isNaN(right) ? 0 : Math.abs((double) answer[i] - right); // NaN: missing
      }
      sums[form] += error;
    }
    mistakes.add(example, error);
    double change = distance(answers.get(0), answers.get(last));
    if (change > 0) {
      changed++;
      changes.add(example, change);
    }
  }

  /** Those that differ most between the first and the last form. */
  List<Integer> mostChanged() {
    return changes.examples();
  }

  /** Those that the last form answers worst. */
  List<Integer> worst() {
    return mistakes.examples();
  }

  /** What came out, with the examples that are shown. */
  OutputAnswers result(List<OutputAnswers.Shown> mostChanged, List<OutputAnswers.Shown> worst) {
    List<OutputAnswers.Quality> qualities =
        IntStream.range(0, sums.length)
            .mapToObj(i -> new OutputAnswers.Quality(forms.get(i).name(), sums[i] / values))
            .toList();
    return new OutputAnswers(
        output,
        targets.isClasses(),
        new ArrayList<>(qualities),
        inFloat,
        deployed,
        forms.get(forms.size() - 1).name(),
        changed,
        mostChanged,
        worst);
  }
}
