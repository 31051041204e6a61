package dev.detent.processor.ir;

import dev.detent.processor.model.ModelDeclaration;
import dev.detent.processor.model.OperationKind;
import java.util.List;

/**
 * A model with shapes.
 *
 * @param declaration what the user wrote
 * @param layers in the same order
 */
public record ShapedModel(ModelDeclaration declaration, List<ShapedLayer> layers) {
  public ShapedModel {
    layers = List.copyOf(layers);
  }

  /** The inputs, in the order in which they are declared. */
  public List<ShapedLayer> inputs() {
    return layers.stream()
        .filter(layer -> layer.declaration().operation() == OperationKind.INPUT)
        .toList();
  }

  /** The outputs, likewise. */
  public List<ShapedLayer> outputs() {
    return layers.stream().filter(layer -> declaration.outputs().contains(layer.name())).toList();
  }
}
