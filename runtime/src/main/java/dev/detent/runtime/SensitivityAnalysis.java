package dev.detent.runtime;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.ChannelAxes;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.report.Sensitivity;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Inference;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Measures what one layer's weights, or one tensor, loses on a coarser grid while all else is
 * float.
 *
 * <p>Weights that are on the grid are fed in place of the model's, which stay as they are. Their
 * grid is that of {@code MaxAbs} with a scale for each output channel, which is the same before and
 * after the folding of batch norm. Activations are put there in the graph; their grid spans the
 * values that the examples give them.
 */
record SensitivityAnalysis(
    String model, ModelGraph graph, Trainer trainer, Examples examples, List<Integer> widths) {
  private static final int EXTREMES_BATCH = 100;

  SensitivityAnalysis {
    widths = widths.stream().distinct().sorted(Comparator.reverseOrder()).toList();
  }

  Sensitivity ofWeights() {
    List<Sensitivity.Entry> entries = new ArrayList<>();
    Measures base = trainer.evaluate(examples, Fit.epochs(0), false);
    PassGraph pass = graph.pass(Pass.FLOAT);
    Map<Variables.Variable, TFloat32> fed = new LinkedHashMap<>();
    try {
      pass.exports().values().stream()
          .flatMap(nodes -> nodes.variable().stream())
          .forEach(kernel -> fed.computeIfAbsent(kernel, this::tensor));
      pass.exports()
          .forEach(
              (layer, nodes) ->
                  nodes
                      .variable()
                      .ifPresent(kernel -> measure(layer, kernel, nodes.channels(), fed, entries)));
    } finally {
      fed.values().forEach(TFloat32::close);
    }
    return result(Sensitivity.Kind.WEIGHTS, base, entries);
  }

  private TFloat32 tensor(Variables.Variable kernel) {
    long[] shape = Arrays.stream(kernel.shape()).asLongStream().toArray();
    return TFloat32.tensorOf(
        Shape.of(shape), DataBuffers.of(graph.variables().read(kernel), true, false));
  }

  /** All kernels are fed at each width, though one changes: TensorFlow prepares one run then. */
  private void measure(
      String layer,
      Variables.Variable kernel,
      ChannelAxes channels,
      Map<Variables.Variable, TFloat32> fed,
      List<Sensitivity.Entry> entries) {
    var trainable = graph.pass(Pass.FLOAT).trainable();
    float[] weights = graph.variables().read(kernel);
    var values = Objects.requireNonNull(fed.get(kernel)).asRawTensor().data().asFloats();
    for (int bits : widths) {
      values.write(onGrid(weights, kernel.shape(), channels, bits));
      Measures measured =
          trainer.evaluate(
              examples,
              Fit.epochs(0),
              Pass.FLOAT,
              runner -> fed.forEach((each, tensor) -> runner.feed(trainable.get(each), tensor)));
      entries.add(entry(layer, weights.length, bits, measured));
    }
    values.write(weights);
  }

  Sensitivity ofActivations() {
    List<Sensitivity.Entry> entries = new ArrayList<>();
    Measures base = trainer.evaluate(examples, Fit.epochs(0), Pass.PROBED, runner -> {});
    Map<String, PassGraph.Probe> probes = graph.pass(Pass.PROBED).probes();
    Map<String, float[]> extremes = extremes(probes);
    probes.forEach(
        (range, probe) -> {
          for (int bits : widths) {
            entries.add(
                entry(
                    range,
                    probe.elements(),
                    bits,
                    probed(probe, Objects.requireNonNull(extremes.get(range)), bits)));
          }
        });
    return result(Sensitivity.Kind.ACTIVATIONS, base, entries);
  }

  /** The smallest and the largest value of each range, and 0. */
  private Map<String, float[]> extremes(Map<String, PassGraph.Probe> probes) {
    List<Operand<TFloat32>> scalars = new ArrayList<>();
    List<float[]> places = new ArrayList<>();
    Map<String, float[]> extremes = new LinkedHashMap<>();
    probes.forEach(
        (range, probe) -> {
          float[] both = new float[2];
          extremes.put(range, both);
          for (Operand<TFloat32> extreme : probe.extremes()) {
            scalars.add(extreme);
            places.add(both);
          }
        });
    Inference.run(
        graph,
        examples,
        EXTREMES_BATCH,
        Pass.PROBED,
        scalars,
        values -> {
          for (int i = 0; i < values.length; i++) {
            float[] both = places.get(i);
            both[0] = Math.min(both[0], values[i]);
            both[1] = Math.max(both[1], values[i]);
          }
        });
    return extremes;
  }

  private Measures probed(PassGraph.Probe probe, float[] extremes, int bits) {
    boolean isEmpty = extremes[0] == extremes[1];
    Encoding grid = Encoding.nudged(extremes[0], isEmpty ? 1 : extremes[1], bits);
    int smallest = -(1 << (bits - 1)) - grid.zeroPoint();
    try (TFloat32 lowest = TFloat32.scalarOf(smallest * grid.scale());
        TFloat32 step = TFloat32.scalarOf(grid.scale());
        TFloat32 steps = TFloat32.scalarOf((1 << bits) - 1)) {
      return trainer.evaluate(
          examples,
          Fit.epochs(0),
          Pass.PROBED,
          runner ->
              runner
                  .feed(probe.lowest(), lowest)
                  .feed(probe.step(), step)
                  .feed(probe.steps(), steps));
    }
  }

  private Sensitivity result(
      Sensitivity.Kind kind, Measures base, List<Sensitivity.Entry> entries) {
    return new Sensitivity(model, kind, base.examples(), base.loss(), accuracy(base), entries);
  }

  private static Sensitivity.Entry entry(String layer, long values, int bits, Measures measured) {
    return new Sensitivity.Entry(layer, values, bits, measured.loss(), accuracy(measured));
  }

  /** Of several outputs the first one that has an accuracy. */
  private static double accuracy(Measures measures) {
    String name = Metrics.accuracy().name();
    return measures.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().endsWith(name))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static float[] onGrid(float[] weights, int[] shape, ChannelAxes axes, int bits) {
    float highest = (1 << (bits - 1)) - 1;
    int channels = axes.channels(shape);
    int run = axes.run(shape);
    float[] largest = new float[channels];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / run % channels;
      largest[channel] = Math.max(largest[channel], Math.abs(weights[i]));
    }
    float[] result = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      float scale = largest[i / run % channels] / highest;
      result[i] = scale == 0 ? 0 : (float) Math.floor(weights[i] / scale + 0.5f) * scale;
    }
    return result;
  }
}
