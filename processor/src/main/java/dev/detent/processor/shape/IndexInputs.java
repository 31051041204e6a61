package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.model.OperationKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Indices that are fed go into tables, and nothing else does; those that are found, nowhere. */
final class IndexInputs {
  private IndexInputs() {}

  static void check(ModelDeclaration model, Reporter reporter) {
    List<LayerDeclaration> layers =
        model.layers().stream()
            .filter(LayerDeclaration.class::isInstance)
            .map(LayerDeclaration.class::cast)
            .toList();
    Set<String> known = model.layers().stream().map(Declaration::name).collect(Collectors.toSet());
    Set<String> indices = new HashSet<>();
    Map<String, OperationKind> answers = new HashMap<>();
    for (LayerDeclaration layer : layers) {
      if (layer.takesIndices()) {
        indices.add(layer.name());
      }
      if (layer.operation().yieldsIndices()) {
        answers.put(layer.name(), layer.operation());
      }
    }
    for (LayerDeclaration layer : layers) {
      boolean wantsIndices = layer.operation().readsIndices();
      for (int i = 0; i < layer.inputs().size(); i++) {
        String input = layer.inputs().get(i);
        OperationKind answer = answers.get(input);
        if (answer != null) {
          reporter.report(
              Message.S82_ANSWER,
              layer.source().inputs().get(i),
              layer.name(),
              input,
              answer.annotation());
        } else if (known.contains(input) && indices.contains(input) != wantsIndices) {
          reporter.report(
              wantsIndices ? Message.S81_NOT_INDICES : Message.S81_INDICES,
              layer.source().inputs().get(i),
              layer.name(),
              input,
              layer.operation().annotation());
        }
      }
    }
  }
}
