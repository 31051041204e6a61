package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Step;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationQuantizer;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.AllValues;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.LearnedStepAndOffset;
import dev.detent.runtime.quantizer.MovingAverage;
import dev.detent.runtime.quantizer.Pact;
import dev.detent.runtime.quantizer.PowerOfTwo;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
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
  private record Case(String name, int inputs, int[] shape, OneOperation.Layer layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Case> operations =
      List.of(
          two("add", IMAGE, (n, a, b) -> n.add("y", a, b)),
          two("add and ReLU", IMAGE, (n, a, b) -> n.add("y", a, b).activation(Activation.RELU)),
          two("add and ReLU6", IMAGE, (n, a, b) -> n.add("y", a, b).activation(Activation.RELU6)),
          two("subtract", IMAGE, (n, a, b) -> n.subtract("y", a, b)),
          two("multiply", IMAGE, (n, a, b) -> n.multiply("y", a, b)),
          two("matrix product", MATRIX, (n, a, b) -> n.batchMatMul("y", a, b)),
          one("add constant", (n, x) -> n.addConstant("y", x, -2), IMAGE),
          one("multiply constant", (n, x) -> n.multiplyConstant("y", x, 3), IMAGE),
          one("mean", (n, x) -> n.mean("y", x), 3),
          one("mean with kept dimensions", (n, x) -> n.mean("y", x).keepDims(), 1, 1, 3),
          one("mean of rows", (n, x) -> n.mean("y", x).axes(2), 4, 3),
          one("mean of channels", (n, x) -> n.mean("y", x).axes(3).keepDims(), 4, 4, 1),
          one("sum", (n, x) -> n.sum("y", x).axes(1), 4, 3),
          one(
              "convolution",
              (n, x) ->
                  n.conv2d("y", x)
                      .kernel(3, 3, 3, 5)
                      .quantizeKernel(WeightQuantization.perChannel(8)),
              2,
              2,
              5),
          one(
              "depthwise convolution",
              (n, x) ->
                  n.depthwiseConv2d("y", x)
                      .kernel(3, 3, 3, 1)
                      .quantizeKernel(WeightQuantization.perChannel(8)),
              2,
              2,
              3),
          one(
              "dense",
              (n, x) ->
                  n.fullyConnected("y", x)
                      .kernel(3, 6)
                      .quantizeKernel(WeightQuantization.perTensor(8)),
              4,
              4,
              6),
          one("relu", (n, x) -> n.unary("y", UnaryKind.RELU, x), IMAGE),
          one("leaky relu", (n, x) -> n.leakyRelu("y", x, 0.1), IMAGE),
          one("prelu", (n, x) -> n.prelu("y", x).alpha(IMAGE).quantizeAlpha(8), IMAGE),
          one("elu", (n, x) -> n.unary("y", UnaryKind.ELU, x), IMAGE),
          one("gelu", (n, x) -> n.unary("y", UnaryKind.GELU, x), IMAGE),
          one("hard swish", (n, x) -> n.unary("y", UnaryKind.HARD_SWISH, x), IMAGE),
          one("quantize", (n, x) -> n.quantize("y", x), IMAGE));

  private static Case one(
      String name, BiFunction<NetworkBuilder, Tensor, Step> operation, int... result) {
    return new Case(
        name, 1, IMAGE, (n, in, to) -> operation.apply(n, in.get(0)).output(to, result));
  }

  /** An operation on two tensors, all but its output. */
  private interface OnTwo {
    Step of(NetworkBuilder n, Tensor a, Tensor b);
  }

  private static Case two(String name, int[] shape, OnTwo operation) {
    return new Case(
        name, 2, shape, (n, in, to) -> operation.of(n, in.get(0), in.get(1)).output(to, shape));
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
    TinyModel model = OneOperation.own(range).model(each.layer, shapes);
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
            n -> {
              Tensor a = n.input("a").output(A, 5);
              Tensor b = n.input("b").output(B, 5);
              Tensor small = n.multiplyConstant("small", a, 1e-9).output(SUMS, 5);
              Tensor first = n.add("first", a, b).output(SUMS, 5);
              Tensor again = n.add("again", small, first).output(SUMS, 5);
              n.output("all", n.concatenation("all", 1, small, first, again).output(SUMS, 15));
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
