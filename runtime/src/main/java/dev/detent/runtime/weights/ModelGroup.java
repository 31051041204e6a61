package dev.detent.runtime.weights;

import dev.detent.runtime.graph.Variables.Variable;
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
      String part = partOf(variable);
      String layer = layerOf(variable);
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

  static String layerOf(Variable variable) {
    int slash = variable.name().lastIndexOf('/');
    return slash < 0 ? "" : variable.name().substring(0, slash);
  }

  static String partOf(Variable variable) {
    return variable.name().substring(variable.name().lastIndexOf('/') + 1);
  }
}
