package dev.detent.processor.model;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.OutputRange;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import java.util.List;
import java.util.Optional;

/**
 * A layer that a class of the user's own computes.
 *
 * @param annotation simple name of the user's annotation
 * @param implementation the class
 * @param arguments of its constructor
 * @param takesActivation whether an activation may follow it
 * @param takesBatchNorm whether a batch norm may follow it
 * @param range which range its output has: its own, that of its inputs or a fixed one
 * @param scale of a fixed range with 8 bits
 * @param zeroPoint of a fixed range with 8 bits
 * @param sizing works out its shapes
 */
public record CustomUse(
    String annotation,
    ClassRef implementation,
    List<Argument> arguments,
    boolean takesActivation,
    boolean takesBatchNorm,
    OutputRange range,
    double scale,
    int zeroPoint,
    Sizing sizing) {
  public CustomUse {
    arguments = List.copyOf(arguments);
  }

  /** Whether something may follow it on the same field. */
  public boolean takes(OperationKind.Stacks stacked) {
    return stacked == OperationKind.Stacks.ACTIVATION ? takesActivation : takesBatchNorm;
  }

  /** Works out the shapes of a layer from those of what it reads. */
  @FunctionalInterface
  public interface Sizing {
    /**
     * The shapes.
     *
     * @param inputs the sizes of what the layer reads, without the batch
     * @param layer its name, for messages
     * @param at where it is written
     * @param reporter takes what is wrong
     * @return empty if something is
     */
    Optional<Sizes> of(List<List<Integer>> inputs, String layer, SourceRef at, Reporter reporter);
  }

  /**
   * The shapes of a layer.
   *
   * @param output of its output, without the batch
   * @param weights what it trains, in order
   * @param multiplyAccumulates for one example
   */
  public record Sizes(List<Integer> output, List<Weight> weights, long multiplyAccumulates) {
    public Sizes {
      output = List.copyOf(output);
      weights = List.copyOf(weights);
    }
  }

  /**
   * A weight.
   *
   * @param name in the layer
   * @param shape in TensorFlow's layout
   * @param initializer how it starts
   * @param isQuantized whether it is where the layer is
   */
  public record Weight(
      String name, List<Integer> shape, Initializer initializer, boolean isQuantized) {
    public Weight {
      shape = List.copyOf(shape);
    }
  }
}
