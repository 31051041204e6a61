package dev.detent.processor.model;

import java.util.List;

/**
 * A class annotated with {@code @Model}.
 *
 * @param name of the class
 * @param isPublic whether everyone may see it
 * @param isQuantized whether the whole class is to be quantized, rather than some of its layers
 * @param scheme what the target can do
 * @param layers in order of declaration, which is one of data flow
 * @param outputs the layers that are outputs of the model, in order of declaration
 */
public record ModelDeclaration(
    ClassRef name,
    boolean isPublic,
    boolean isQuantized,
    SchemeDeclaration scheme,
    List<LayerDeclaration> layers,
    List<String> outputs) {
  /** Copies the lists. */
  public ModelDeclaration {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }
}
