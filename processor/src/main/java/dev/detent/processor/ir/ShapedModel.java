package dev.detent.processor.ir;

import dev.detent.processor.model.ModelDeclaration;
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
}
