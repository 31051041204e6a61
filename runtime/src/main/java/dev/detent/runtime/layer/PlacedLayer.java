package dev.detent.runtime.layer;

import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A custom layer in its place in a model. Builds its tensors, and checks that they are what its
 * annotation declares: what the compiler has told the rest of the model rests on that.
 */
public final class PlacedLayer {
  private final String annotation;
  private final LayerImplementation implementation;
  private final LayerSite site;

  private PlacedLayer(String annotation, LayerImplementation implementation, LayerSite site) {
    this.annotation = annotation;
    this.implementation = implementation;
    this.site = site;
  }

  /**
   * A layer; generated code calls this.
   *
   * @param annotation the simple name of the user's annotation, for messages
   * @param implementation the layer itself
   * @param site its place
   */
  public static PlacedLayer of(
      String annotation, LayerImplementation implementation, LayerSite.Builder site) {
    return new PlacedLayer(annotation, implementation, site.build());
  }

  /**
   * The layer in a pass of the graph.
   *
   * @throws IllegalStateException if it is not what its annotation declares
   */
  public LayerTensor graph(GraphBuilder g, LayerTensor... inputs) {
    Set<String> asked = new HashSet<>();
    LayerTensor result = build(g, site.noting(asked), List.of(inputs));
    requireName(result.name());
    requireShape(result.shape(), "builds");
    requireRange(result.range());
    for (String weight : site.weights()) {
      if (!asked.contains(weight)) {
        throw fault(
            "never asks for the weight '"
                + weight
                + "' that its annotation declares. Use it, or remove it from 'weights'");
      }
    }
    return result;
  }

  private LayerTensor build(GraphBuilder g, LayerSite told, List<LayerTensor> inputs) {
    if (implementation instanceof ComposedLayer composed) {
      return composed.graph(g, told, inputs);
    }
    Operand<TFloat32> y = ((CustomOperation) implementation).compute(g, told, inputs);
    GraphBuilder.Layer layer = g.custom(site.name(), y).activation(site.activation());
    return site.output() == null ? layer.output() : layer.output(site.output());
  }

  /**
   * The layer in the plan of the deployed model.
   *
   * @throws IllegalStateException if it is not what its annotation declares
   */
  public PlanTensor plan(PlanBuilder p, PlanTensor... inputs) {
    LayerSite told = site.noting(new HashSet<>());
    PlanTensor result;
    if (implementation instanceof CustomOperation operation) {
      result =
          p.custom(site.name(), operation.code(told), inputs)
              .options(operation.options(told))
              .weights(site.weights())
              .output(site.output(), site.shape());
    } else {
      result = ((ComposedLayer) implementation).plan(p, told, List.of(inputs));
    }
    requireName(result.name());
    requireShape(result.dims(), "plans");
    requireRange(result.range().orElse(null));
    return result;
  }

  private void requireName(String name) {
    if (!name.equals(site.name())) {
      throw fault(
          "yields the tensor '"
              + name
              + "'. Give the last operation the name that the site has: site.name()");
    }
  }

  private void requireShape(int[] shape, String verb) {
    if (!Arrays.equals(shape, site.shape())) {
      throw fault(
          verb
              + " an output of shape "
              + Arrays.toString(shape)
              + ", but its annotation declares "
              + Arrays.toString(site.shape())
              + ". Correct 'outputShape' of @CustomLayer, or what the class builds");
    }
  }

  /** The layers behind it are placed by what the compiler has decided of its output. */
  private void requireRange(ActivationRange range) {
    ActivationRange wanted = site.output();
    boolean fits =
        wanted == null
            ? range == null
            : range == null
                ? wanted.quantizerFactory().get().leavesFloat()
                : range.name().equals(wanted.name());
    if (fits && range != null && range.kind() != wanted.kind()) {
      throw fault(
          "ends in an operation whose output TensorFlow Lite fixes to the scale "
              + range.fixedScale()
              + " and the zero point "
              + range.fixedZeroPoint()
              + ", but its annotation leaves the range to be learned. Declare range ="
              + " OutputRange.FIXED, scale = "
              + range.fixedScale()
              + ", zeroPoint = "
              + range.fixedZeroPoint()
              + " in @CustomLayer");
    }
    if (!fits) {
      throw fault(
          "yields "
              + (range == null ? "a float output" : "an output in the range '" + range.name() + "'")
              + ", but the model has placed it "
              + (wanted == null ? "as float" : "in the range '" + wanted.name() + "'")
              + ". End it with .output(site.output())");
    }
  }

  private IllegalStateException fault(String what) {
    return new IllegalStateException(
        "layer '"
            + site.name()
            + "' (@"
            + annotation
            + "): "
            + implementation.getClass().getSimpleName()
            + " "
            + what);
  }
}
