package dev.detent.runtime;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.train.InputStatistics;
import dev.detent.runtime.train.WeightFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What quantization is measured against: the values that the model was trained on, and the weights
 * that it had before it was fine-tuned.
 *
 * <p>Until a fine-tuning the model's own weights are the float ones, so that nothing is copied.
 * From its first step on they are held a second time, and saved with the model: a loss that is
 * measured on the same examples can be told from chance, while the figures of an earlier evaluation
 * could not. It doubles the file of a fine-tuned model.
 */
final class Baseline {
  private static final String INPUTS_NOTE = "inputs";

  private final ModelGraph graph;
  private Optional<InputStatistics> inputs = Optional.empty();
  private Map<Variables.Variable, float[]> weights = Map.of();

  Baseline(ModelGraph graph) {
    this.graph = graph;
  }

  /** Notes what a training begins with. */
  void beforeFit(Examples examples, boolean quantized) {
    if (!quantized) {
      inputs = Optional.of(statistics(examples));
      weights = Map.of();
    } else if (weights.isEmpty()) {
      weights = floatWeights();
    }
  }

  /** The weights are from elsewhere now. */
  void forget() {
    inputs = Optional.empty();
    weights = Map.of();
  }

  private Map<Variables.Variable, float[]> floatWeights() {
    Map<Variables.Variable, float[]> now = new LinkedHashMap<>();
    for (Variables.Variable variable : graph.variables().all()) {
      if (variable.role() == Variables.Role.TRAINABLE
          || variable.role() == Variables.Role.STATISTIC) {
        now.put(variable, graph.variables().read(variable));
      }
    }
    return now;
  }

  private InputStatistics statistics(Examples examples) {
    return InputStatistics.of(examples, List.copyOf(graph.pass(Pass.FLOAT).inputs().keySet()));
  }

  /** What speaks against a calibration with these examples, in sentences. */
  List<String> ofCalibration(Examples examples) {
    InputStatistics given = statistics(examples);
    List<String> findings = new ArrayList<>(given.tooLittle());
    inputs.ifPresent(training -> findings.addAll(given.unlike(training)));
    return findings;
  }

  /** Which inputs are unlike those of the training, in sentences; nothing where that is unknown. */
  List<String> unlike(Examples examples) {
    return inputs.map(training -> statistics(examples).unlike(training)).orElse(List.of());
  }

  /** The model before it was fine-tuned, to be closed; null where its weights are those. */
  @Nullable ModelGraph beforeFineTuning() {
    if (weights.isEmpty()) {
      return null;
    }
    ModelGraph before = graph.another();
    before.pass(Pass.FLOAT);
    weights.forEach(
        (variable, values) -> {
          Variables.Variable same = before.variables().find(variable.name());
          if (same != null) {
            before.variables().write(same, values);
          }
        });
    return before;
  }

  /** What is saved with the model. */
  Map<Variables.Variable, float[]> weights() {
    return weights;
  }

  /** Adds to the notes of a file. */
  void note(Map<String, String> notes) {
    inputs.ifPresent(known -> notes.put(INPUTS_NOTE, known.toText()));
  }

  /** Takes what a file holds, if it does. */
  void load(WeightFile file) {
    weights = file.earlier(graph.variables());
    inputs = InputStatistics.ofText(file.notes().get(INPUTS_NOTE));
  }
}
