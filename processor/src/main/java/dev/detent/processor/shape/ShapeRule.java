package dev.detent.processor.shape;

import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.CustomUse;
import dev.detent.processor.model.LayerDeclaration;
import java.util.List;
import java.util.Optional;

/** How one kind of layer's output follows from its inputs. */
@FunctionalInterface
interface ShapeRule {

  /**
   * The shapes of one layer.
   *
   * @param layer the layer
   * @param inputs the shapes of what it reads
   * @param reporter takes what is wrong
   * @return empty if something is
   */
  Optional<Inferred> infer(LayerDeclaration layer, List<Shape> inputs, Reporter reporter);

  /**
   * What a rule works out.
   *
   * @param output the shape of the output
   * @param kernel the shape of the kernel in TensorFlow's layout, if there is one
   * @param outputChannels how many channels have a bias and a batch norm
   * @param multiplyAccumulates for one example
   * @param otherParameters how many numbers it holds beside kernel, bias and stacked batch norm
   * @param weights of a custom layer
   */
  record Inferred(
      Shape output,
      Optional<Shape> kernel,
      int outputChannels,
      long multiplyAccumulates,
      long otherParameters,
      List<CustomUse.Weight> weights) {

    Inferred(
        Shape output,
        Optional<Shape> kernel,
        int outputChannels,
        long multiplyAccumulates,
        long otherParameters) {
      this(output, kernel, outputChannels, multiplyAccumulates, otherParameters, List.of());
    }

    Inferred(Shape output, Optional<Shape> kernel, int outputChannels, long multiplyAccumulates) {
      this(output, kernel, outputChannels, multiplyAccumulates, 0);
    }

    /** The same with the numbers of what stands behind it. */
    Inferred and(Inferred behind) {
      return new Inferred(
          output,
          kernel,
          outputChannels,
          multiplyAccumulates,
          otherParameters + behind.otherParameters,
          weights);
    }

    static Optional<Inferred> plain(Shape output) {
      return Optional.of(new Inferred(output, Optional.empty(), 0, 0));
    }
  }
}
