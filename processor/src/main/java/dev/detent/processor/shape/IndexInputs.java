package dev.detent.processor.shape;

import dev.detent.annotations.DataType;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.model.OperationKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Indices go into tables, and nothing else does. */
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
    for (LayerDeclaration layer : layers) {
      if (layer.operation() == OperationKind.INPUT
          && layer.attributes().get(AttributeKey.DATA_TYPE) == DataType.INT32) {
        indices.add(layer.name());
      }
    }
    for (LayerDeclaration layer : layers) {
      boolean wantsIndices = layer.operation().readsIndices();
      for (int i = 0; i < layer.inputs().size(); i++) {
        String input = layer.inputs().get(i);
        if (known.contains(input) && indices.contains(input) != wantsIndices) {
          reporter.report(
              DiagnosticId.SHAPE_INDICES,
              layer.source().inputs().get(i),
              "Layer '"
                  + layer.name()
                  + "' reads '"
                  + input
                  + (wantsIndices
                      ? "', which holds real numbers, but @Embedding takes indices. Let it read an"
                          + " @Input with dataType = DataType.INT32."
                      : "', which holds indices, but @"
                          + layer.operation().annotation()
                          + " takes real numbers. Put an @Embedding between them, or remove"
                          + " dataType = DataType.INT32 from the input."));
        }
      }
    }
  }
}
