package dev.detent.runtime;

import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.internal.tflite.write.LayerConstant;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.internal.tflite.write.TrainedValues;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Bounds;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.TfliteException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * What the export writes, fetched from the inference pass itself, so that the file holds the very
 * integers and scales that the graph computes with.
 */
final class GraphValues implements TrainedValues {

  /**
   * How far from an integer a weight in steps may be: 2^15 steps, multiplied and divided in float,
   * are wrong by 2^15 * 2 * 2^-24 = 2^-8 at most.
   */
  private static final float ON_GRID = 0x1p-7f;

  private final Map<String, LayerWeights> weights = new HashMap<>();
  private final Map<String, LayerConstant> constants = new HashMap<>();
  private final Map<String, Encoding> encodings = new HashMap<>();

  private GraphValues() {}

  /** Fetches everything at once. */
  static GraphValues fetch(ModelGraph graph, boolean quantized) {
    synchronized (graph.lock()) {
      PassGraph pass = graph.pass(quantized ? Pass.QUANTIZED : Pass.FLOAT);
      return fetch(graph, pass, pass.exports(), pass.constants());
    }
  }

  /** Fetches the scales of the quantized activations alone. */
  static GraphValues fetchScales(ModelGraph graph) {
    synchronized (graph.lock()) {
      return fetch(graph, graph.pass(Pass.QUANTIZED), Map.of(), Map.of());
    }
  }

  private static GraphValues fetch(
      ModelGraph graph,
      PassGraph pass,
      Map<String, PassGraph.ExportNodes> exports,
      Map<String, PassGraph.ConstantNodes> constants) {
    GraphValues values = new GraphValues();
    var fetcher = new Fetcher(graph);
    exports.forEach((layer, nodes) -> fetcher.want(nodes));
    constants.forEach((layer, nodes) -> fetcher.want(nodes));
    pass.ranges().values().forEach(fetcher::want);
    if (fetcher.isEmpty()) {
      return values;
    }
    try (Result result = fetcher.runner.run()) {
      fetcher.result = result;
      exports.forEach((layer, nodes) -> values.weights.put(layer, fetcher.weights(layer, nodes)));
      constants.forEach((layer, nodes) -> values.constants.put(layer, fetcher.constant(nodes)));
      pass.ranges()
          .forEach(
              (name, nodes) ->
                  values.encodings.put(
                      name,
                      new Encoding(
                          fetcher.next()[0], Math.round(fetcher.next()[0]), nodes.range().bits())));
    }
    return values;
  }

  @Override
  public LayerWeights weights(String layer) {
    LayerWeights found = weights.get(layer);
    if (found == null) {
      throw new IllegalArgumentException("layer '" + layer + "' has no weights");
    }
    return found;
  }

  @Override
  public LayerConstant constant(String layer) {
    LayerConstant found = constants.get(layer);
    return found == null ? TrainedValues.super.constant(layer) : found;
  }

  /** Whether the range has a scale; a quantizer may leave it float. */
  boolean isQuantized(ActivationRange range) {
    return encodings.containsKey(range.name());
  }

  @Override
  public Encoding encoding(ActivationRange range) {
    Encoding found = encodings.get(range.name());
    if (found == null) {
      throw new IllegalArgumentException(
          ("range '%s' has no scale that could be exported: its quantizer left it float, or no"
                  + " tensor of the graph has it")
              .formatted(range.name()));
    }
    return found;
  }

  /**
   * Asks for tensors first and hands them out in the same order then; one that several layers share
   * is fetched once.
   */
  private static final class Fetcher {
    private final org.tensorflow.Session.Runner runner;
    private @Nullable Result result;
    private final Map<Output<TFloat32>, Integer> fetched = new HashMap<>();
    private final List<Integer> wanted = new ArrayList<>();
    private int next;

    Fetcher(ModelGraph graph) {
      runner = graph.session().runner();
    }

    boolean isEmpty() {
      return wanted.isEmpty();
    }

    void want(PassGraph.ExportNodes nodes) {
      want(nodes.kernel());
      nodes.bias().ifPresent(this::want);
      nodes.steps().ifPresent(this::want);
    }

    private void want(PassGraph.Steps steps) {
      want(steps.scales());
      steps.offGrid().ifPresent(this::want);
    }

    void want(PassGraph.ConstantNodes nodes) {
      want(nodes.values());
      nodes.bounds().ifPresent(this::want);
    }

    private void want(Bounds bounds) {
      want(bounds.min());
      want(bounds.max());
    }

    void want(dev.detent.runtime.internal.graph.RangeNodes nodes) {
      want(nodes.scale());
      want(nodes.zeroPoint());
    }

    private void want(Operand<TFloat32> operand) {
      wanted.add(
          fetched.computeIfAbsent(
              operand.asOutput(),
              output -> {
                runner.fetch(output);
                return fetched.size();
              }));
    }

    float[] next() {
      return Tensors.toArray((TFloat32) Objects.requireNonNull(result).get(wanted.get(next++)));
    }

    LayerWeights weights(String layer, PassGraph.ExportNodes nodes) {
      float[] kernel = next();
      float[] bias = nodes.bias().isPresent() ? next() : new float[nodes.outputs()];
      return nodes
          .steps()
          .map(steps -> integers(layer, kernel, nodes.kernelShape(), bias, steps))
          .orElseGet(() -> LayerWeights.ofFloats(kernel, nodes.kernelShape(), bias));
    }

    private LayerWeights integers(
        String layer, float[] kernel, int[] shape, float[] bias, PassGraph.Steps steps) {
      float[] scales = next();
      float offGrid = steps.offGrid().isPresent() ? next()[0] : 0;
      if (!(offGrid <= ON_GRID)) {
        throw new TfliteException(
            ("the quantizer of '%s/kernel' yields weights that are up to %s steps off its own"
                    + " grid, so the deployed model would compute with others than training did;"
                    + " let quantize return multiples of the grid's scale, as Grid.nearest gives"
                    + " them")
                .formatted(layer, offGrid));
      }
      return LayerWeights.ofIntegers(kernel, shape, scales, bias, steps.bits());
    }

    LayerConstant constant(PassGraph.ConstantNodes nodes) {
      float[] found = next();
      return new LayerConstant(
          found,
          nodes.bounds().isPresent()
              ? Encoding.nudged(next()[0], next()[0], PassGraph.CONSTANT_BITS)
              : null);
    }
  }
}
