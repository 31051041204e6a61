package dev.detent.runtime.internal.report;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.PassGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares what all forms of a model answer to the same examples. Of those that are shown their
 * numbers only are held, so that memory does not grow with the examples: what is shown is computed
 * a second time.
 */
public final class AnswerComparison {
  /** More numbers are not told in words. */
  private static final int MOST_NUMBERS = 6;

  /** Of a curve; fewer are told in no way. */
  private static final int FEWEST_POINTS = 8;

  private static final int MOST_CHANNELS = 8;
  private static final int MOST_POINTS = 400;

  private final PassGraph pass;
  private final Examples examples;
  private final List<Form> forms;
  private final Answers answers;

  private AnswerComparison(PassGraph pass, Examples examples, List<Form> forms) {
    this.pass = pass;
    this.examples = examples;
    this.forms = forms;
    answers = new Answers(pass, examples, forms);
  }

  /**
   * Compares.
   *
   * @param pass one of the model's, for names and shapes
   * @param examples that fit, at least one
   * @param forms the float one first, the deployed one last
   * @param most examples that are shown for each reason to show some
   * @return for each output what came out
   */
  public static List<OutputAnswers> of(
      PassGraph pass, Examples examples, List<Form> forms, int most) {
    return new AnswerComparison(pass, examples, forms).compare(most);
  }

  private List<OutputAnswers> compare(int most) {
    List<AnswerTally> tallies = new ArrayList<>();
    for (String output : pass.outputs().keySet()) {
      int index = tallies.size();
      tallies.add(new AnswerTally(output, index, examples.targets().get(index), forms, most));
    }
    int[] all = new int[examples.size()];
    Arrays.setAll(all, i -> i);
    answers.run(
        all,
        (example, batch, position, given) -> {
          for (int i = 0; i < tallies.size(); i++) {
            tallies.get(i).add(example, batch, position, ofOutput(given, i));
          }
        });
    List<LayerTensor> outputs = List.copyOf(pass.outputs().values());
    List<OutputAnswers> results = new ArrayList<>();
    for (int i = 0; i < tallies.size(); i++) {
      AnswerTally tally = tallies.get(i);
      Set<Integer> wanted = new LinkedHashSet<>(tally.mostChanged());
      wanted.addAll(tally.worst());
      Map<Integer, OutputAnswers.Shown> shown = shown(i, outputs.get(i), wanted);
      results.add(tally.result(pick(shown, tally.mostChanged()), pick(shown, tally.worst())));
    }
    return results;
  }

  private static List<OutputAnswers.Shown> pick(
      Map<Integer, OutputAnswers.Shown> shown, List<Integer> wanted) {
    return wanted.stream().map(example -> Objects.requireNonNull(shown.get(example))).toList();
  }

  private static List<float[]> ofOutput(List<float[][]> answers, int output) {
    return answers.stream().map(ofForm -> ofForm[output]).toList();
  }

  // ---------------------------------------------------------------- what is shown

  private Map<Integer, OutputAnswers.Shown> shown(
      int output, LayerTensor tensor, Set<Integer> wanted) {
    Map<Integer, OutputAnswers.Shown> shown = new LinkedHashMap<>();
    answers.run(
        wanted.stream().mapToInt(Integer::intValue).sorted().toArray(),
        (example, batch, position, given) ->
            shown.put(example, shown(example, output, tensor, ofOutput(given, output))));
    return shown;
  }

  private OutputAnswers.Shown shown(
      int example, int output, LayerTensor tensor, List<float[]> answers) {
    Targets targets = examples.targets().get(output);
    List<Picture> pictures = new ArrayList<>();
    List<OutputAnswers.Series> series = new ArrayList<>();
    List<OutputAnswers.Said> said = new ArrayList<>();
    List<String> names = List.copyOf(pass.inputs().keySet());
    for (int i = 0; i < examples.inputs().size(); i++) {
      String label = names.size() == 1 ? "input" : names.get(i);
      addInput(label, examples.inputs().get(i), example, pictures, series);
    }
    String target = "";
    if (!targets.isClasses()) {
      float[] wanted = new float[targets.width()];
      targets.read(example, wanted, 0);
      if (Picture.fits(targets.shape())) {
        pictures.add(Picture.ofValues("target", wanted, targets.shape()));
        forEachForm(
            answers,
            (form, answer) ->
                pictures.add(Picture.ofValues(form.brief(), answer, targets.shape())));
      } else {
        target = numbers(wanted);
        forEachForm(
            answers,
            (form, answer) ->
                said.add(new OutputAnswers.Said(form.brief(), numbers(answer), null)));
      }
    } else if (targets.classesPerExample() == 1) {
      int right = targets.classAt(example);
      target = targets.classNames().get(right);
      forEachForm(answers, (form, answer) -> said.add(said(form, answer, right, targets, tensor)));
    } else {
      addClassMaps(example, targets, answers, pictures, said);
    }
    return new OutputAnswers.Shown(
        examples.inputs().get(0).name(example), target, said, pictures, series);
  }

  private interface FormTaker {
    void take(Form form, float[] answer);
  }

  /** The first form, and the last. */
  private void forEachForm(List<float[]> answers, FormTaker taker) {
    int last = answers.size() - 1;
    taker.take(forms.get(0), answers.get(0));
    if (last > 0) {
      taker.take(forms.get(last), answers.get(last));
    }
  }

  private static void addInput(
      String label,
      Features features,
      int example,
      List<Picture> pictures,
      List<OutputAnswers.Series> series) {
    int[] shape = features.shape();
    if (Picture.fits(shape)) {
      pictures.add(Picture.ofInput(label, features, example));
    } else if (shape.length >= 1 && shape.length <= 2 && shape[0] >= FEWEST_POINTS) {
      int channels = shape.length == 1 ? 1 : shape[1];
      float[] values = new float[features.elements()];
      features.read(example, values, 0);
      int every = (shape[0] + MOST_POINTS - 1) / MOST_POINTS;
      List<float[]> curves = new ArrayList<>();
      for (int channel = 0; channel < Math.min(channels, MOST_CHANNELS); channel++) {
        float[] curve = new float[(shape[0] + every - 1) / every];
        for (int i = 0; i < curve.length; i++) {
          curve[i] = values[i * every * channels + channel];
        }
        curves.add(curve);
      }
      series.add(new OutputAnswers.Series(label, curves));
    }
  }

  private static OutputAnswers.Said said(
      Form form, float[] answer, int right, Targets targets, LayerTensor tensor) {
    int best = AnswerTally.said(answer, 0, 1);
    boolean isProbability = tensor.logits().isPresent();
    String how =
        isProbability
            ? String.format(Locale.ROOT, " (%.0f %%)", 100 * answer[best])
            : String.format(Locale.ROOT, " (%.3g)", answer[best]);
    return new OutputAnswers.Said(
        form.brief(),
        targets.classNames().get(best) + (tensor.isIndices() ? "" : how),
        best == right);
  }

  private void addClassMaps(
      int example,
      Targets targets,
      List<float[]> answers,
      List<Picture> pictures,
      List<OutputAnswers.Said> said) {
    int places = targets.classesPerExample();
    int[] shape = targets.shape();
    int[] right = new int[places];
    targets.readClasses(example, right, 0);
    boolean isMap = shape.length == 3 && shape[0] >= 2 && shape[1] >= 2;
    if (isMap) {
      pictures.add(Picture.ofClasses("target", right, shape[0], shape[1]));
    }
    forEachForm(
        answers,
        (form, answer) -> {
          int[] classes = new int[places];
          int equal = 0;
          for (int place = 0; place < places; place++) {
            classes[place] = AnswerTally.said(answer, place, places);
            equal += classes[place] == right[place] ? 1 : 0;
          }
          if (isMap) {
            pictures.add(Picture.ofClasses(form.brief(), classes, shape[0], shape[1]));
          }
          said.add(
              new OutputAnswers.Said(
                  form.brief(),
                  String.format(Locale.ROOT, "%.1f %% of places right", 100.0 * equal / places),
                  null));
        });
  }

  private static String numbers(float[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(values.length, MOST_NUMBERS); i++) {
      text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4g", values[i]));
    }
    return text + (values.length > MOST_NUMBERS ? ", …" : "");
  }
}
