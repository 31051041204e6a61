package dev.detent.runtime;

import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.internal.report.Phase;
import dev.detent.runtime.train.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model remembers of its trainings, for reports: their histories, and the ranges that it had
 * before it was fine-tuned. It is not saved with the model.
 */
final class Fitted {
  private final List<Phase> phases = new ArrayList<>();
  private Map<String, float[]> ranges = Map.of();

  /** Notes the ranges that a first fine-tuning begins with. */
  void beforeFit(ModelGraph graph, boolean quantized) {
    if (!quantized) {
      ranges = Map.of();
    } else if (ranges.isEmpty()) {
      Map<String, float[]> now = new LinkedHashMap<>();
      for (Variables.Variable variable : graph.variables().all()) {
        if (isRange(variable)) {
          now.put(variable.name(), graph.variables().read(variable));
        }
      }
      ranges = now;
    }
  }

  /** Adds a training; a float one begins anew, unless the one before it was float, too. */
  void add(boolean quantized, History history) {
    if (!quantized && phases.stream().anyMatch(Phase::isQuantized)) {
      phases.clear();
    }
    if (!history.epochs().isEmpty()) {
      phases.add(new Phase(quantized, history.epochs()));
    }
  }

  /** The weights are from elsewhere now. */
  void forget() {
    phases.clear();
    ranges = Map.of();
  }

  /** In order. */
  List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** Gives a model as it was before it was fine-tuned its ranges; false where they are unknown. */
  boolean restoreRanges(ModelGraph before) {
    before.pass(Pass.QUANTIZED);
    for (Variables.Variable variable : List.copyOf(before.variables().all())) {
      if (isRange(variable)) {
        float[] values = ranges.get(variable.name());
        if (values == null) {
          return false;
        }
        before.variables().write(variable, values);
      }
    }
    return !ranges.isEmpty();
  }

  private static boolean isRange(Variables.Variable variable) {
    return variable.role() == Variables.Role.RANGE || variable.role() == Variables.Role.QUANTIZER;
  }
}
