package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.FusedStep;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

    /** Which value of the one meets which of the other. */
    List<int[]> pairs() {
      List<int[]> pairs = List.of(new int[2]);
      for (int axis = 0; axis < a.length; axis++) {
        List<int[]> longer = new ArrayList<>();
        for (int[] pair : pairs) {
          for (int i = 0; i < Math.max(a[axis], b[axis]); i++) {
            longer.add(
                new int[] {
                  pair[0] * a[axis] + Math.min(i, a[axis] - 1),
                  pair[1] * b[axis] + Math.min(i, b[axis] - 1)
                });
          }
        }
        pairs = longer;
      }
      return pairs;
    }

    /** Of the result. */
    int[] both() {
      return IntStream.range(0, a.length).map(axis -> Math.max(a[axis], b[axis])).toArray();
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
                (n, in, to) ->
                    step(n, kind, in.get(0), in.get(1)).activation(fused).output(to, shapes.both()),
                shapes.a(),
                shapes.b());
    Random random = new Random(seed);
    int examples = Math.max(4, VALUES / shapes.fewest());
    float[][] a = data(random, examples, mean, 1, shapes.a());
    float[][] b = data(random, examples, 0.3, Math.pow(2, logRatio), shapes.b());
    try (Parity parity = Parity.of(model, a, b)) {
      if (kind == Arithmetic.MULTIPLY) {
        parity.isExact(Kernels.BUILT_IN);
        parity.atMost(
            Kernels.XNNPACK, Math.max(1 - Parity.SHARE, nearHalves(parity, y, shapes, a, b)));
      } else {
        parity.holds();
      }
    }
  }

  /**
   * The share of products that may be rounded in two ways. The product of one step by one step is
   * {@code m = f / 2^s} steps of the output, with {@code f} from 0.5 to 1. The built-in kernel
   * rounds to {@code 2^-s} steps first and then to whole ones, XNNPACK once: they can differ only
   * where the first rounding makes a half, which is at most {@code 2^-(s + 1)} away. That is a
   * share of {@code 2^-s} of values that lie anywhere, and more where {@code 1 / m} is near a
   * number that many products of integers are multiples of.
   */
  private static double nearHalves(
      Parity parity, ActivationRange y, Shapes shapes, float[][] a, float[][] b) {
    Encoding x = parity.encoding(OneOperation.X);
    Encoding z = parity.encoding(OneOperation.Z);
    double m = (double) x.scale() * z.scale() / parity.encoding(y).scale();
    double near = Math.scalb(1, Math.getExponent(m)) * (1 + 1e-6); // its own rounding in double
    int values = 0;
    int halves = 0;
    for (int example = 0; example < a.length; example++) {
      for (int[] pair : shapes.pairs()) {
        int p = x.quantize(a[example][pair[0]]) - x.zeroPoint();
        int q = z.quantize(b[example][pair[1]]) - z.zeroPoint();
        double product = p * q * m;
        halves += Math.abs(product - Math.floor(product) - 0.5) <= near ? 1 : 0;
        values++;
      }
    }
    return (double) halves / values;
  }

  private static FusedStep step(NetworkBuilder n, Arithmetic kind, Tensor a, Tensor b) {
    return switch (kind) {
      case ADD -> n.add("y", a, b);
      case SUBTRACT -> n.subtract("y", a, b);
      case MULTIPLY -> n.multiply("y", a, b);
    };
  }

  @Property(tries = 15)
  void extremesAreExact(
      @ForAll boolean isMaximum, @ForAll("shapes") Shapes shapes, @ForAll long seed) {
    TinyModel model =
        OneOperation.tied()
            .model(
                (n, in, to) ->
                    (isMaximum
                            ? n.maximum("y", in.get(0), in.get(1))
                            : n.minimum("y", in.get(0), in.get(1)))
                        .output(to, shapes.both()),
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
   * A mean as its parts: the sum, which has its own test, and this product with {@code 1 / terms},
   * whose multiplier is near 1.
   */
  @ParameterizedTest
  @CsvSource({"2, NONE, 0", "3, NONE, 1", "3, RELU, 0", "7, RELU6, 1", "2, RELU, -2"})
  void shareOfSum(int terms, Activation fused, double mean) {
    int[] shape = {5, 5, 4};
    ActivationRange range =
        fused == Activation.NONE ? OneOperation.Y : OneOperation.Y.nonNegative();
    ActivationRange y = fused == Activation.RELU6 ? range.atMost(6) : range;
    TinyModel model =
        OneOperation.own(y)
            .model(
                (n, in, to) ->
                    n.multiplyConstant("y", in.get(0), 1.0 / terms)
                        .activation(fused)
                        .output(to, shape),
                shape);
    try (Parity parity =
        Parity.of(model, data(new Random(terms), 30, mean * terms, 2 * terms, shape))) {
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
                (n, in, to) -> n.multiply("y", in.get(0), in.get(1)).output(to, image),
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
