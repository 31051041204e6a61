package dev.detent.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * A class annotated with {@code @Model}.
 *
 * @param name of the class
 * @param variant the name that stands for the class's in what is generated; empty for the model
 *     itself
 * @param isPublic whether everyone may see it
 * @param isQuantized whether the whole class is to be quantized, rather than some of its layers
 * @param scheme what the target can do
 * @param layers and blocks of layers, in order of declaration, which is one of data flow
 * @param outputs the layers that are outputs of the model, in order of declaration
 */
public record ModelDeclaration(
    ClassRef name,
    Optional<String> variant,
    boolean isPublic,
    boolean isQuantized,
    SchemeDeclaration scheme,
    List<Declaration> layers,
    List<String> outputs) {
  public ModelDeclaration {
    layers = List.copyOf(layers);
    outputs = List.copyOf(outputs);
  }

  /** The class that stands for this model: itself, or one with the variant's name in its place. */
  public ClassRef family() {
    return variant.map(name::renamed).orElse(name);
  }
}
