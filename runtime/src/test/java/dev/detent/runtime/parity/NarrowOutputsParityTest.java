package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.graph.Variables;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.AllValues;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.LearnedStepAndOffset;
import dev.detent.runtime.quantizer.MovingAverage;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.PowerOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs whose range is a million times narrower than what their operation reads: of inputs that
 * cancel, or of weights that hardly count. TFLite's kernels end the process there, or overflow; so
 * the range is as wide as they need, in the graph and in the file alike.
 */
class NarrowOutputsParityTest {
  private static final double SHRUNK = 1e-7;
  private static final int[] IMAGE = {4, 4, 3};
  private static final int[] MATRIX = {4, 4};

  /**
   * An operation.
   *
   * @param shape of the input, or of both
   */
  private record Case(
      String name,
      int inputs,
      int[] shape,
      OneOperation.InGraph inGraph,
      OneOperation.InPlan inPlan) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Case> operations =
      List.of(
          two(
              "add",
              IMAGE,
              (g, in, to) -> g.add("y", in.get(0), in.get(1)).output(to),
              (p, in) -> p.add("y", in.get(0), in.get(1))),
          two(
              "add and ReLU",
              IMAGE,
              (g, in, to) ->
                  g.add("y", in.get(0), in.get(1)).activation(Activation.RELU).output(to),
              (p, in) -> p.add("y", in.get(0), in.get(1)).activation(Activation.RELU)),
          two(
              "add and ReLU6",
              IMAGE,
              (g, in, to) ->
                  g.add("y", in.get(0), in.get(1)).activation(Activation.RELU6).output(to),
              (p, in) -> p.add("y", in.get(0), in.get(1)).activation(Activation.RELU6)),
          two(
              "subtract",
              IMAGE,
              (g, in, to) -> g.subtract("y", in.get(0), in.get(1)).output(to),
              (p, in) -> p.subtract("y", in.get(0), in.get(1))),
          two(
              "multiply",
              IMAGE,
              (g, in, to) -> g.multiply("y", in.get(0), in.get(1)).output(to),
              (p, in) -> p.multiply("y", in.get(0), in.get(1))),
          two(
              "matrix product",
              MATRIX,
              (g, in, to) -> g.batchMatMul("y", in.get(0), in.get(1)).output(to),
              (p, in) -> p.batchMatMul("y", in.get(0), in.get(1))),
          one(
              "add constant",
              (g, in, to) -> g.addConstant("y", in.get(0), -2).output(to),
              (p, in) -> p.addConstant("y", in.get(0), -2)),
          one(
              "multiply constant",
              (g, in, to) -> g.multiplyConstant("y", in.get(0), 3).output(to),
              (p, in) -> p.multiplyConstant("y", in.get(0), 3)),
          one(
              "mean",
              (g, in, to) -> g.globalAveragePool2d("y", in.get(0)).output(to),
              (p, in) -> p.mean("y", in.get(0)).axes(1, 2)),
          one(
              "mean with kept dimensions",
              (g, in, to) -> g.globalAveragePool2d("y", in.get(0)).keepDims(true).output(to),
              (p, in) -> p.mean("y", in.get(0)).axes(1, 2).keepDims(true)),
          one(
              "mean of rows",
              (g, in, to) -> g.mean("y", in.get(0)).axes(2).output(to),
              (p, in) -> p.mean("y", in.get(0)).axes(2)),
          one(
              "mean of channels",
              (g, in, to) -> g.channelMean("y", in.get(0)).output(to),
              (p, in) -> p.mean("y", in.get(0)).axes(3).keepDims(true)),
          one(
              "sum",
              (g, in, to) -> g.sum("y", in.get(0)).axes(1).output(to),
              (p, in) -> p.sum("y", in.get(0)).axes(1)),
          one(
              "convolution",
              (g, in, to) ->
                  g.conv2d("y", in.get(0))
                      .kernel(3, 3, 3, 5)
                      .quantizeKernel(WeightQuantization.perChannel(8))
                      .output(to),
              (p, in) -> p.conv2d("y", in.get(0)).padding(Padding.VALID)),
          one(
              "depthwise convolution",
              (g, in, to) ->
                  g.depthwiseConv2d("y", in.get(0))
                      .kernel(3, 3, 3, 1)
                      .quantizeKernel(WeightQuantization.perChannel(8))
                      .output(to),
              (p, in) -> p.depthwiseConv2d("y", in.get(0)).padding(Padding.VALID)),
          one(
              "dense",
              (g, in, to) ->
                  g.dense("y", in.get(0))
                      .kernel(3, 6)
                      .quantizeKernel(WeightQuantization.perTensor(8))
                      .output(to),
              (p, in) -> p.fullyConnected("y", in.get(0))),
          one(
              "relu",
              (g, in, to) -> g.relu("y", in.get(0)).output(to),
              (p, in) -> p.relu("y", in.get(0))),
          one(
              "leaky relu",
              (g, in, to) -> g.leakyRelu("y", in.get(0), 0.1).output(to),
              (p, in) -> p.leakyRelu("y", in.get(0), 0.1)),
          one(
              "prelu",
              (g, in, to) ->
                  g.prelu("y", in.get(0)).alpha(in.get(0).shape()).quantizeAlpha(8).output(to),
              (p, in) -> p.prelu("y", in.get(0))),
          one(
              "elu",
              (g, in, to) -> g.elu("y", in.get(0)).output(to),
              (p, in) -> p.elu("y", in.get(0))),
          one(
              "gelu",
              (g, in, to) -> g.gelu("y", in.get(0), false).output(to),
              (p, in) -> p.gelu("y", in.get(0), false)),
          one(
              "hard swish",
              (g, in, to) -> g.hardSwish("y", in.get(0)).output(to),
              (p, in) -> p.hardSwish("y", in.get(0))),
          one(
              "quantize",
              (g, in, to) -> g.quantize("y", in.get(0), to),
              (p, in) -> p.quantize("y", in.get(0))));

  private static Case one(String name, OneOperation.InGraph inGraph, OneOperation.InPlan inPlan) {
    return new Case(name, 1, IMAGE, inGraph, inPlan);
  }

  private static Case two(
      String name, int[] shape, OneOperation.InGraph inGraph, OneOperation.InPlan inPlan) {
    return new Case(name, 2, shape, inGraph, inPlan);
  }

  @ParameterizedTest
  @FieldSource("operations")
  void operation(Case each) {
    holds(each, OneOperation.Y);
  }

  static Stream<Arguments> sumsOfQuantizers() {
    List<Supplier<ActivationQuantizer>> all =
        List.of(
            MovingAverage::new,
            AllValues::new,
            LearnedStep::new,
            LearnedStepAndOffset::new,
            Pact::new,
            PowerOfTwo::new);
    return all.stream()
        .flatMap(
            quantizer ->
                operations.subList(0, 4).stream()
                    .map(
                        each ->
                            Arguments.of(
                                each,
                                Named.of(quantizer.get().getClass().getSimpleName(), quantizer))));
  }

  /** Whoever finds the range, and whether gradients train it. */
  @ParameterizedTest
  @MethodSource("sumsOfQuantizers")
  void quantizer(Case each, Supplier<ActivationQuantizer> quantizer) {
    holds(each, OneOperation.Y.quantizer(quantizer));
  }

  private static void holds(Case each, ActivationRange y) {
    ActivationRange range =
        switch (each.name) {
          case "add and ReLU" -> y.nonNegative();
          case "add and ReLU6" -> y.nonNegative().atMost(6);
          default -> y;
        };
    int[][] shapes = new int[each.inputs][];
    Arrays.fill(shapes, each.shape);
    TinyModel model = OneOperation.own(range).model(each.inGraph, each.inPlan, shapes);
    float[][][] data = cancelling(each.inputs, 40, Parity.elements(each.shape));
    model.quantize(Parity.examples(model, List.of(data)));
    final float calibrated = model.encoding(range).scale();
    shrink(model, range);
    try (Parity parity = Parity.ofQuantized(model, data)) {
      assertThat(model.encoding(range).scale()).isGreaterThan((float) (10 * SHRUNK * calibrated));
      parity.holds();
    }
  }

  /** What a quantizer keeps, as if all that it had seen were much smaller. */
  private static void shrink(TinyModel model, ActivationRange range) {
    for (Variables.Variable variable : model.variables().all()) {
      String name = variable.name();
      if (name.startsWith(range.name() + "/range/") && !name.endsWith("/seen")) {
        float[] values = model.get(name);
        boolean isOffset = name.endsWith("/offset");
        for (int i = 0; i < values.length && !isOffset; i++) {
          values[i] = (float) (values[i] * SHRUNK);
        }
        model.set(name, values);
      }
    }
  }

  /** Inputs that are opposite in three of four values, and small numbers in the others. */
  private static float[][][] cancelling(int inputs, int examples, int size) {
    Random random = new Random(5);
    float[][][] data = new float[inputs][examples][size];
    for (int e = 0; e < examples; e++) {
      for (int i = 0; i < size; i++) {
        float value = (float) (3 * random.nextGaussian());
        for (int k = 0; k < inputs; k++) {
          data[k][e][i] = i % 4 == 0 ? (float) random.nextGaussian() / 30 : k == 0 ? value : -value;
        }
      }
    }
    return data;
  }

  private static final ActivationRange A = ActivationRange.learned("a", 8);
  private static final ActivationRange B = ActivationRange.learned("b", 8);
  private static final ActivationRange SUMS = ActivationRange.learned("sums", 8);

  /**
   * Which tensor of a shared range is built first must not matter, nor a sum of its own results.
   */
  @Test
  void sumsInOneRange() {
    TinyModel model =
        new TinyModel(
            g -> {
              LayerTensor a = g.input("a", 5).output(A);
              LayerTensor b = g.input("b", 5).output(B);
              LayerTensor small = g.multiplyConstant("small", a, 1e-9).output(SUMS);
              LayerTensor first = g.add("first", a, b).output(SUMS);
              LayerTensor again = g.add("again", small, first).output(SUMS);
              g.output("all", g.concat("all", 1, small, first, again).output(SUMS));
            },
            p -> {
              PlanTensor a = p.input("a", 5).output(A);
              PlanTensor b = p.input("b", 5).output(B);
              PlanTensor small = p.multiplyConstant("small", a, 1e-9).output(SUMS, 5);
              PlanTensor first = p.add("first", a, b).output(SUMS, 5);
              PlanTensor again = p.add("again", small, first).output(SUMS, 5);
              p.output("all", p.concatenation("all", 1, small, first, again).output(SUMS, 15));
            },
            1);
    float[][] data = Parity.gaussian(new Random(3), 40, 0, 1000, 5);
    float[][] opposite = new float[data.length][];
    for (int e = 0; e < data.length; e++) {
      opposite[e] = new float[5];
      for (int i = 0; i < 5; i++) {
        opposite[e][i] = -data[e][i];
      }
    }
    model.quantize(Parity.examples(model, new ArrayList<>(List.of(data, opposite))));
    try (Parity parity = Parity.ofQuantized(model, data, opposite)) {
      assertThat(model.encoding(SUMS).scale())
          .isGreaterThan(model.encoding(A).scale() / 256)
          .isLessThan(model.encoding(A).scale());
      parity.holds();
    }
  }
}
