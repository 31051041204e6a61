package dev.detent.runtime;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.graph.ChannelAxes;
import dev.detent.runtime.graph.ModelGraph;
import dev.detent.runtime.graph.Pass;
import dev.detent.runtime.graph.PassGraph.ExportNodes;
import dev.detent.runtime.graph.Variables;
import dev.detent.runtime.report.Sensitivity;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Measures;
import dev.detent.runtime.train.Metrics;
import dev.detent.runtime.train.Trainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Measures what a layer loses with its weights on a coarser grid, by putting them there, evaluating
 * the float model and putting them back. The grid is that of {@code MaxAbs} with a scale for each
 * output channel, which is the same before and behind the folding of batch norm.
 */
final class SensitivityAnalysis {
  private final String model;
  private final ModelGraph graph;
  private final Trainer trainer;

  SensitivityAnalysis(String model, ModelGraph graph, Trainer trainer) {
    this.model = model;
    this.graph = graph;
    this.trainer = trainer;
  }

  Sensitivity of(Examples examples, List<Integer> widths) {
    Measures base = trainer.evaluate(examples, Fit.epochs(0), false);
    List<Integer> descending =
        widths.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    List<Sensitivity.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, ExportNodes> layer : graph.pass(Pass.FLOAT).exports().entrySet()) {
      Variables variables = graph.variables();
      Variables.Variable kernel = layer.getValue().variable();
      if (kernel == null) {
        continue;
      }
      float[] weights = variables.read(kernel);
      try {
        for (int bits : descending) {
          variables.write(
              kernel, onGrid(weights, kernel.shape(), layer.getValue().channels(), bits));
          Measures measured = trainer.evaluate(examples, Fit.epochs(0), false);
          entries.add(
              new Sensitivity.Entry(
                  layer.getKey(), weights.length, bits, measured.loss(), accuracy(measured)));
        }
      } finally {
        variables.write(kernel, weights);
      }
    }
    return new Sensitivity(model, base.examples(), base.loss(), accuracy(base), entries);
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
