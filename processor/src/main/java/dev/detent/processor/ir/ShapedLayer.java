package dev.detent.processor.ir;

import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.LayerDeclaration;
import java.util.List;
import java.util.Optional;

/**
 * A layer with shapes.
 *
 * @param declaration what the user wrote
 * @param inputs the shapes of what it reads
 * @param output the shape of what it yields
 * @param kernel the shape of its kernel in TensorFlow's layout, if it has one
 * @param weights of a custom layer
 * @param parameters how many numbers it holds, batch-norm statistics included, as Keras counts
 * @param multiplyAccumulates for one example
 */
public record ShapedLayer(
    LayerDeclaration declaration,
    List<Shape> inputs,
    Shape output,
    Optional<Shape> kernel,
    List<CustomUse.Weight> weights,
    long parameters,
    long multiplyAccumulates) {
  public ShapedLayer {
    inputs = List.copyOf(inputs);
    weights = List.copyOf(weights);
  }

  /** The same layer, declared otherwise. */
  public ShapedLayer declared(LayerDeclaration other) {
    return new ShapedLayer(other, inputs, output, kernel, weights, parameters, multiplyAccumulates);
  }

  /** The same layer, reading one tensor of another shape. */
  public ShapedLayer reading(Shape other) {
    return new ShapedLayer(
        declaration, List.of(other), output, kernel, weights, parameters, multiplyAccumulates);
  }

  /** The field's name. */
  public String name() {
    return declaration.name();
  }
}
