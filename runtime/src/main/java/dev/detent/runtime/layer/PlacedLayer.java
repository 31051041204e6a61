package dev.detent.runtime.layer;

import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A custom layer in its place in a model. Describes its tensors, and checks that they are what its
 * annotation declares: what the compiler has told the rest of the model rests on that.
 */
record PlacedLayer(String annotation, LayerImplementation implementation, LayerSite site) {

  /**
   * Describes the layer.
   *
   * @throws IllegalStateException if it is not what its annotation declares
   */
  Tensor build(NetworkBuilder n, List<Tensor> inputs) {
    if (implementation instanceof CustomOperation operation) {
      return n.custom(
              site.name(),
              operation.code(site),
              operation.options(site),
              site.weights().stream().map(site::weight).toList(),
              (TrainableKernel) c -> compute(operation, c),
              inputs)
          .activation(site.activation())
          .output(site.output(), site.shape());
    }
    Set<String> asked = new HashSet<>();
    Tensor result = ((ComposedLayer) implementation).build(n, site.noting(asked), inputs);
    requireName(result.name());
    requireShape(result.shape());
    requireRange(result.range());
    requireAsked(asked);
    return result;
  }

  private Operand<TFloat32> compute(CustomOperation operation, Computation pass) {
    Set<String> asked = new HashSet<>();
    Operand<TFloat32> y = operation.compute(pass, site.noting(asked));
    requireAsked(asked);
    long[] shape = y.shape().asArray();
    if (shape != null && Arrays.stream(shape).skip(1).allMatch(size -> size >= 0)) {
      requireShape(Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray());
    }
    return y;
  }

  private void requireAsked(Set<String> asked) {
    for (String weight : site.weights()) {
      if (!asked.contains(weight)) {
        throw fault(
            "never asks for the weight '"
                + weight
                + "' that its annotation declares. Use it, or remove it from 'weights'");
      }
    }
  }

  private void requireName(String name) {
    if (!name.equals(site.name())) {
      throw fault(
          "yields the tensor '"
              + name
              + "'. Give the last operation the name that the site has: site.name()");
    }
  }

  private void requireShape(int[] shape) {
    if (!Arrays.equals(shape, site.shape())) {
      throw fault(
          ("builds an output of shape %s, but its annotation declares %s. Correct 'outputShape' of"
                  + " @CustomLayer, or what the class builds")
              .formatted(Arrays.toString(shape), Arrays.toString(site.shape())));
    }
  }

  /** The layers after it are placed by what the compiler has decided of its output. */
  private void requireRange(@Nullable ActivationRange range) {
    ActivationRange wanted = site.output();
    boolean fits =
        wanted == null
            ? range == null
            : range == null ? wanted.isLeftFloat() : range.name().equals(wanted.name());
    if (fits
        && range != null
        && wanted != null
        && range.fixed().isPresent() != wanted.fixed().isPresent()) {
      Encoding fixed = range.fixed().or(wanted::fixed).orElseThrow();
      throw fault(
          ("ends in an operation whose output TensorFlow Lite fixes to the scale %s and the zero"
                  + " point %s, but its annotation leaves the range to be learned. Declare range ="
                  + " OutputRange.FIXED, scale = %s, zeroPoint = %s in @CustomLayer")
              .formatted(
                  (double) fixed.scale(),
                  fixed.zeroPoint(),
                  (double) fixed.scale(),
                  fixed.zeroPoint()));
    }
    if (!fits) {
      throw fault(
          "yields %s, but the model has placed it %s. End it with .output(site.output())"
              .formatted(
                  range == null
                      ? "a float output"
                      : "an output in the range '" + range.name() + "'",
                  wanted == null ? "as float" : "in the range '" + wanted.name() + "'"));
    }
  }

  private IllegalStateException fault(String what) {
    return new IllegalStateException(
        "layer '%s' (@%s): %s %s"
            .formatted(site.name(), annotation, implementation.getClass().getSimpleName(), what));
  }
}
