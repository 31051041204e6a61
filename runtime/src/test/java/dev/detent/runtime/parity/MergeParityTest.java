package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.tflite.interpreter.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that compute value by value on two tensors: graph against interpreter. */
class MergeParityTest {
  /** So many values of the smaller tensor that a share of 1% is some twenty of them. */
  private static final int VALUES = 2000;

  /** The operations that keep a range of their own. */
  enum Arithmetic {
    ADD,
    SUBTRACT,
    MULTIPLY
  }

  /** Two shapes that fit one another. */
  record Shapes(int[] a, int[] b) {
    @Override
    public String toString() {
      return Arrays.toString(a) + " and " + Arrays.toString(b);
    }

    /** Of the smaller tensor: the results that share one of its values are not independent. */
    int fewest() {
      return Math.min(Parity.elements(a), Parity.elements(b));
    }
  }

  /** One to four sizes; of some, one of the two tensors has 1. */
  @Provide
  Arbitrary<Shapes> shapes() {
    Arbitrary<Integer> size = Arbitraries.integers().between(1, 7);
    Arbitrary<Integer> repeated = Arbitraries.of(0, 0, 1, 2);
    return Combinators.combine(size, repeated)
        .as(List::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            axes ->
                new Shapes(
                    axes.stream().mapToInt(s -> s.get(1) == 1 ? 1 : s.get(0)).toArray(),
                    axes.stream().mapToInt(s -> s.get(1) == 2 ? 1 : s.get(0)).toArray()));
  }

  @Property(tries = 30)
  void arithmetic(
      @ForAll Arithmetic kind,
      @ForAll("shapes") Shapes shapes,
      @ForAll Activation fused,
      @ForAll @IntRange(min = -3, max = 3) int mean,
      @ForAll @IntRange(min = -3, max = 3) int logRatio,
      @ForAll long seed) {
    ActivationRange range =
        fused == Activation.NONE ? OneOperation.Y : OneOperation.Y.nonNegative();
    ActivationRange y = fused == Activation.RELU6 ? range.atMost(6) : range;
    TinyModel model =
        OneOperation.own(y)
            .model(
                (g, in, to) -> inGraph(g, kind, in).activation(fused).output(to),
                (p, in) -> inPlan(p, kind, in).activation(fused),
                shapes.a(),
                shapes.b());
    Random random = new Random(seed);
    int examples = Math.max(4, VALUES / shapes.fewest());
    try (Parity parity =
        Parity.of(
            model,
            data(random, examples, mean, 1, shapes.a()),
            data(random, examples, 0.3, Math.pow(2, logRatio), shapes.b()))) {
      if (kind == Arithmetic.MULTIPLY) {
        parity.isExact(Kernels.BUILT_IN);
        parity.atMost(Kernels.XNNPACK, Math.max(1 - Parity.SHARE, 2 * productOfOneStep(parity, y)));
      } else {
        parity.holds();
      }
    }
  }

  /**
   * How many steps of the output the product of one step by one step is: {@code m = f / 2^s}, with
   * {@code f} from 0.5 to 1. The built-in kernel rounds to {@code 2^-s} steps first and then to
   * whole ones, halves away from zero; XNNPACK rounds once. Of values that lie anywhere, one in
   * {@code 2^s} becomes a half by the first rounding, and every other one of these should have been
   * rounded the other way: a share of {@code 2^-(s + 1) <= m}, expected.
   */
  private static double productOfOneStep(Parity parity, ActivationRange y) {
    return (double) parity.encoding(OneOperation.X).scale()
        * parity.encoding(OneOperation.Z).scale()
        / parity.encoding(y).scale();
  }

  private static GraphBuilder.Layer inGraph(GraphBuilder g, Arithmetic kind, List<LayerTensor> in) {
    return switch (kind) {
      case ADD -> g.add("y", in.get(0), in.get(1));
      case SUBTRACT -> g.subtract("y", in.get(0), in.get(1));
      case MULTIPLY -> g.multiply("y", in.get(0), in.get(1));
    };
  }

  private static PlanBuilder.FusedStep inPlan(PlanBuilder p, Arithmetic kind, List<PlanTensor> in) {
    return switch (kind) {
      case ADD -> p.add("y", in.get(0), in.get(1));
      case SUBTRACT -> p.subtract("y", in.get(0), in.get(1));
      case MULTIPLY -> p.multiply("y", in.get(0), in.get(1));
    };
  }

  @Property(tries = 15)
  void extremesAreExact(
      @ForAll boolean isMaximum, @ForAll("shapes") Shapes shapes, @ForAll long seed) {
    TinyModel model =
        OneOperation.tied()
            .model(
                (g, in, to) ->
                    (isMaximum
                            ? g.maximum("y", in.get(0), in.get(1))
                            : g.minimum("y", in.get(0), in.get(1)))
                        .output(to),
                (p, in) ->
                    isMaximum
                        ? p.maximum("y", in.get(0), in.get(1))
                        : p.minimum("y", in.get(0), in.get(1)),
                shapes.a(),
                shapes.b());
    Random random = new Random(seed);
    try (Parity parity =
        Parity.of(
            model, data(random, 10, 0.5, 1, shapes.a()), data(random, 10, 0, 3, shapes.b()))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /**
   * A mean of n as its parts: the sum, which has its own test, and this product with {@code 1 / n},
   * whose multiplier is near 1.
   */
  @ParameterizedTest
  @CsvSource({"2, NONE, 0", "3, NONE, 1", "3, RELU, 0", "7, RELU6, 1", "2, RELU, -2"})
  void shareOfSum(int n, Activation fused, double mean) {
    ActivationRange range =
        fused == Activation.NONE ? OneOperation.Y : OneOperation.Y.nonNegative();
    ActivationRange y = fused == Activation.RELU6 ? range.atMost(6) : range;
    TinyModel model =
        OneOperation.own(y)
            .model(
                (g, in, to) ->
                    g.multiplyConstant("y", in.get(0), 1.0 / n).activation(fused).output(to),
                (p, in) -> p.multiplyConstant("y", in.get(0), 1.0 / n).activation(fused),
                new int[] {5, 5, 4});
    try (Parity parity =
        Parity.of(model, data(new Random(n), 30, mean * n, 2 * n, new int[] {5, 5, 4}))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.holds(Kernels.XNNPACK);
    }
  }

  /** A gate of one value a channel over an image, as squeeze-and-excitation has it. */
  @Test
  void gateOverImage() {
    int[] image = {6, 5, 8};
    TinyModel model =
        OneOperation.own()
            .model(
                (g, in, to) -> g.multiply("y", in.get(0), in.get(1)).output(to),
                (p, in) -> p.multiply("y", in.get(0), in.get(1)),
                image,
                new int[] {1, 1, 8});
    Random random = new Random(9);
    try (Parity parity =
        Parity.of(
            model,
            data(random, 40, 0.5, 1, image),
            data(random, 40, 0.5, 0.2, new int[] {1, 1, 8}))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.holds(Kernels.XNNPACK);
    }
  }

  private static float[][] data(
      Random random, int examples, double mean, double deviation, int[] shape) {
    return Parity.gaussian(random, examples, mean, deviation, Parity.elements(shape));
  }
}
