package dev.detent.runtime.train;

import dev.detent.runtime.data.Examples;
import dev.detent.runtime.internal.graph.LayerTensor;
import dev.detent.runtime.internal.graph.ModelGraph;
import dev.detent.runtime.internal.graph.Pass;
import dev.detent.runtime.internal.graph.PassGraph;
import dev.detent.runtime.internal.graph.Tensors;
import dev.detent.runtime.quantizer.Encoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * Output channels that a kernel with one scale for all of them leaves few steps, though the layer's
 * output has many for what they yield.
 */
final class UnlikeChannels {
  private static final int EXAMPLES = 64;
  private static final int LISTED_CHANNELS = 4;
  private static final String KERNEL = "/kernel";

  private UnlikeChannels() {}

  /** The steps of each channel, of weights of so many bits, and what it yields on which grid. */
  private record Kernel(float[] steps, int bits, Span[] spans, Encoding grid) {
    boolean isFew(int channel) {
      return steps[channel] < UnlikeRanges.enoughSteps(bits);
    }
  }

  /**
   * Looks for them.
   *
   * @param grids the scale and zero point of each tensor that is quantized, by the tensor's name
   * @param examples that fit the model, at least one
   * @return a sentence for each layer, empty if all is well
   */
  static List<String> of(ModelGraph graph, Map<String, Encoding> grids, Examples examples) {
    Map<String, Kernel> suspects = suspects(graph, grids);
    if (suspects.isEmpty()) {
      return List.of();
    }
    Map<String, Span[]> spans = new LinkedHashMap<>();
    suspects.forEach((layer, kernel) -> spans.put(layer, kernel.spans));
    Span.measure(graph, SomeExamples.spread(examples, EXAMPLES), grids, spans);
    List<String> findings = new ArrayList<>();
    suspects.forEach((layer, kernel) -> add(findings, layer, kernel));
    return findings;
  }

  /** The kernels with one scale that leave some channel few steps. */
  private static Map<String, Kernel> suspects(ModelGraph graph, Map<String, Encoding> grids) {
    Map<String, Kernel> suspects = new LinkedHashMap<>();
    synchronized (graph.lock()) {
      PassGraph pass = graph.pass(Pass.QUANTIZED);
      Map<String, PassGraph.ExportNodes> kernels = new LinkedHashMap<>();
      pass.exports()
          .forEach(
              (layer, nodes) -> {
                if (hasOneScale(nodes) && hasOutput(pass.tensors().get(layer), nodes, grids)) {
                  kernels.put(layer, nodes);
                }
              });
      if (kernels.isEmpty()) {
        return suspects;
      }
      var runner = graph.session().runner();
      kernels.values().forEach(nodes -> runner.fetch(nodes.kernel()));
      try (Result result = runner.run()) {
        int index = 0;
        for (Map.Entry<String, PassGraph.ExportNodes> each : kernels.entrySet()) {
          float[] integers = Tensors.toArray((TFloat32) result.get(index++));
          float[] steps = steps(integers, each.getValue());
          Encoding grid = Objects.requireNonNull(grids.get(each.getKey()));
          int bits = each.getValue().steps().orElseThrow().bits();
          var kernel = new Kernel(steps, bits, Span.empty(steps.length), grid);
          if (IntStream.range(0, kernel.steps.length).anyMatch(kernel::isFew)) {
            suspects.put(each.getKey(), kernel);
          }
        }
      }
    }
    return suspects;
  }

  private static boolean hasOneScale(PassGraph.ExportNodes nodes) {
    return nodes.variable().filter(kernel -> kernel.name().endsWith(KERNEL)).isPresent()
        && nodes.steps().filter(steps -> steps.scales().shape().size() == 1).isPresent();
  }

  private static boolean hasOutput(
      @Nullable LayerTensor output, PassGraph.ExportNodes nodes, Map<String, Encoding> grids) {
    if (output == null || output.range() == null || !grids.containsKey(output.name())) {
      return false;
    }
    int[] shape = output.shape();
    return output.range().fixed().isEmpty() && shape[shape.length - 1] == nodes.outputs();
  }

  /** From the smallest to the largest of each channel's weights, or as far on the other side. */
  private static float[] steps(float[] integers, PassGraph.ExportNodes nodes) {
    int channels = nodes.outputs();
    int run = nodes.channels().run(nodes.kernelShape());
    float[] steps = new float[channels];
    for (int i = 0; i < integers.length; i++) {
      int channel = i / run % channels;
      steps[channel] = Math.max(steps[channel], 2 * Math.abs(integers[i]));
    }
    return steps;
  }

  private static void add(List<String> findings, String layer, Kernel kernel) {
    List<Integer> lost = new ArrayList<>();
    for (int i = 0; i < kernel.steps.length; i++) {
      boolean isHeard =
          kernel.spans[i].steps(kernel.grid) >= UnlikeRanges.enoughSteps(kernel.grid.bits())
              && !kernel.spans[i].isMostlyOneValue();
      if (kernel.isFew(i) && isHeard) {
        lost.add(i);
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    String named =
        lost.stream()
            .limit(LISTED_CHANNELS)
            .map(i -> "channel " + i + " has " + (int) kernel.steps[i])
            .collect(Collectors.joining(", "));
    findings.add(
        ("the kernel of '%s' has one scale for all channels, which leaves %s of %s few steps: %s."
                + " Give each channel a scale of its own, with granularity = PER_CHANNEL in the"
                + " weights of its @QuantizeConfig")
            .formatted(layer, lost.size(), kernel.steps.length, named));
  }
}
