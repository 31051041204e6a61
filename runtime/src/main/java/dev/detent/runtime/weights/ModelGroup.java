package dev.detent.runtime.weights;

import dev.detent.runtime.internal.graph.Variables.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Variables of the model that belong together: those of a layer's operation, or of its batch norm.
 *
 * @param layer the layer's name
 * @param isBatchNorm which of the two
 * @param parts the variables by part
 */
record ModelGroup(String layer, boolean isBatchNorm, Map<String, Variable> parts) {

  /** The groups of a model's weights and statistics, in order of data flow. */
  static List<ModelGroup> of(Collection<Variable> variables) {
    Map<String, ModelGroup> groups = new LinkedHashMap<>();
    for (Variable variable : variables) {
      String part = PartNames.partOf(variable.name());
      String layer = PartNames.layerOf(variable.name());
      boolean isBatchNorm = PartNames.isBatchNorm(part);
      groups
          .computeIfAbsent(
              layer + (isBatchNorm ? " batch norm" : ""),
              key -> new ModelGroup(layer, isBatchNorm, new LinkedHashMap<>()))
          .parts
          .put(part, variable);
    }
    return new ArrayList<>(groups.values());
  }
}
