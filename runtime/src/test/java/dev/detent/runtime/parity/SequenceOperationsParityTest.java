package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.MatrixProductStep;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * The operations that attention, layer normalization and embeddings are lowered to, one at a time:
 * graph against interpreter, on both sets of kernels, over random shapes and ranges.
 */
class SequenceOperationsParityTest {
  private static final int TRIES = 12;
  private static final int EXAMPLES = 20;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Z = ActivationRange.learned("z", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  private static float[][] data(long seed, double mean, double deviation, int... shape) {
    return Parity.gaussian(new Random(seed), EXAMPLES, mean, deviation, Parity.elements(shape));
  }

  @Property(tries = TRIES)
  void batchMatMul(
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll @IntRange(min = 1, max = 3) int front,
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 40) int inner,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll @DoubleRange(min = -2, max = 2) double mean,
      @ForAll long seed) {
    int[] a = {front, transposeA ? inner : rows, transposeA ? rows : inner};
    int[] b = {front, transposeB ? columns : inner, transposeB ? inner : columns};
    TinyModel model =
        OneOperation.own()
            .model(
                (n, in, to) -> {
                  MatrixProductStep step = n.batchMatMul("y", in.get(0), in.get(1));
                  if (transposeA) {
                    step.transposeA();
                  }
                  if (transposeB) {
                    step.transposeB();
                  }
                  return step.output(to, front, rows, columns);
                },
                a,
                b);
    try (Parity parity = Parity.of(model, data(seed, mean, 1, a), data(seed + 1, -mean, 3, b))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK); // which leaves it to the built-in kernel
    }
  }

  /** A constant on the right, the same for all examples, and one step of a sequence on the left. */
  @Property(tries = TRIES)
  void batchMatMulWithAConstant(
      @ForAll @IntRange(min = 1, max = 5) int steps,
      @ForAll @IntRange(min = 1, max = 20) int inner,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll long seed) {
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) ->
                n.batchMatMul(
                        "y",
                        n.step("step", x, steps - 1).output(1, inner),
                        constant(n, factor, inner, columns))
                    .output(Y, 1, columns),
            steps,
            inner);
    isExact(model, data(seed, 0.2, 1, steps, inner));
  }

  @Property(tries = TRIES)
  void softmaxWithBeta(
      @ForAll @IntRange(min = 2, max = 40) int steps,
      @ForAll @DoubleRange(min = 0.05, max = 2) double beta,
      @ForAll @DoubleRange(min = 0.2, max = 8) double deviation,
      @ForAll long seed) {
    ActivationRange weights = ActivationRange.fixed("y", 8, 1.0 / 256, -128);
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> n.softmax("y", x, beta).output(weights, 2, 5, steps), 2, 5, steps);
    try (Parity parity = Parity.of(model, data(seed, 0, deviation, 2, 5, steps))) {
      parity.holds();
    }
  }

  @Property(tries = TRIES)
  void transpose(
      @ForAll @IntRange(min = 1, max = 6) int a,
      @ForAll @IntRange(min = 1, max = 6) int b,
      @ForAll @IntRange(min = 1, max = 6) int c,
      @ForAll long seed) {
    TinyModel model =
        OneOperation.of(X, (n, x) -> n.transpose("y", x, 2, 1, 3).output(b, a, c), a, b, c);
    isExact(model, data(seed, 1, 2, a, b, c));
  }

  /**
   * With a constant of one value a channel, and with one of the whole shape.
   *
   * <p>The built-in kernel, which is followed exactly, rounds twice: first to a small part of a
   * step, then to a step. XNNPACK rounds once, so that they differ by one step where the first
   * rounding makes a tie. How often depends on the integers: products of two small ones are far
   * more often a multiple of 64 than one number in 64. So XNNPACK is compared with its own
   * arithmetic.
   */
  @Property(tries = TRIES)
  void multiplicationByAConstant(
      @ForAll boolean isWhole,
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(min = 1, max = 24) int channels,
      @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll long seed) {
    int[] shape = isWhole ? new int[] {steps, channels} : new int[] {channels};
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> n.multiply("y", x, constant(n, factor, shape)).output(Y, steps, channels),
            steps,
            channels);
    try (Parity parity = Parity.of(model, data(seed, 0.3, 1, steps, channels))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 1);
      int[] z = integers(model.encoding(Z), model.get("z"), (float) (20 * factor));
      assertThat(parity.agreement(Kernels.XNNPACK, x -> roundedOnce(model, x, z)).different())
          .isZero();
    }
  }

  /** XNNPACK's product: in single precision, to the nearest integer, ties to the even one. */
  private static int[] roundedOnce(TinyModel model, int[] x, int[] z) {
    Encoding in = model.encoding(X);
    Encoding constant = model.encoding(Z);
    Encoding out = model.encoding(Y);
    float scale = in.scale() * constant.scale() / out.scale();
    int[] y = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      int product = (x[i] - in.zeroPoint()) * (z[i % z.length] - constant.zeroPoint());
      int rounded = (int) Math.rint(product * scale) + out.zeroPoint();
      y[i] = Math.max(-128, Math.min(127, rounded));
    }
    return y;
  }

  private static int[] integers(Encoding encoding, float[] values, float factor) {
    int[] integers = new int[values.length];
    Arrays.setAll(integers, i -> encoding.quantize(values[i] * factor));
    return integers;
  }

  @Property(tries = TRIES)
  void additionOfAConstant(
      @ForAll boolean isWhole,
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(min = 1, max = 24) int channels,
      @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll long seed) {
    int[] shape = isWhole ? new int[] {steps, channels} : new int[] {channels};
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> n.add("y", x, constant(n, factor, shape)).output(Y, steps, channels),
            steps,
            channels);
    float[][] x = data(seed, 0.3, 1, steps, channels);
    try (Parity parity = Parity.of(model, x)) {
      int share = (int) ((1 - Parity.SHARE) * EXAMPLES * steps * channels);
      int alike = mostAlike(parity.encoding(X), x, isWhole ? steps * channels : channels);
      parity.isExactButFor(Math.max(share, alike), Kernels.BUILT_IN);
      parity.isExactButFor(Math.max(share, alike), Kernels.XNNPACK);
    }
  }

  /**
   * How many values at most are one integer beside one constant: one tie of a sum is in them all.
   */
  private static int mostAlike(Encoding encoding, float[][] x, int constants) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (float[] example : x) {
      for (int i = 0; i < example.length; i++) {
        counts.merge(List.of(i % constants, encoding.quantize(example[i])), 1, Integer::sum);
      }
    }
    return Collections.max(counts.values());
  }

  private static Tensor constant(NetworkBuilder n, double factor, int... shape) {
    return n.parameter("z")
        .initializer(Initializer.RANDOM_NORMAL)
        .factor(20 * factor)
        .output(Z, shape);
  }

  /** A difference with the mean of the channels, which is repeated along them. */
  @Property(tries = TRIES)
  void subtractionOfARepeatedTensor(
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(min = 2, max = 40) int channels,
      @ForAll @DoubleRange(min = 0.1, max = 10) double deviation,
      @ForAll long seed) {
    TinyModel model =
        OneOperation.own()
            .model(
                (n, in, to) -> n.subtract("y", in.get(0), in.get(1)).output(to, steps, channels),
                new int[] {steps, channels},
                new int[] {steps, 1});
    try (Parity parity =
        Parity.of(
            model, data(seed, 1, 1, steps, channels), data(seed + 1, 0, deviation, steps, 1))) {
      parity.holds();
    }
  }

  /** As {@link MeanParityTest} explains, XNNPACK rounds a mean its own way. */
  @Property(tries = TRIES)
  void channelMean(
      @ForAll boolean isImage,
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(min = 2, max = 70) int channels,
      @ForAll @DoubleRange(min = -2, max = 2) double mean,
      @ForAll long seed) {
    int[] shape = isImage ? new int[] {2, steps, channels} : new int[] {steps, channels};
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> OneOperation.reduced(n.mean("y", x), x, true, Y, shape.length), shape);
    try (Parity parity = Parity.of(model, data(seed, mean, 1, shape))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 1);
    }
  }

  @Property(tries = TRIES)
  void l2Normalization(
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(min = 2, max = 70) int channels,
      @ForAll @DoubleRange(min = -2, max = 2) double mean,
      @ForAll long seed) {
    ActivationRange unit = ActivationRange.fixed("y", 8, 1.0 / 128, 0);
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> n.l2Normalization("y", x, 1e-3).output(unit, steps, channels),
            steps,
            channels);
    float[][] data = data(seed, mean, 1, steps, channels);
    data[0] = new float[data[0].length]; // length 0
    holds(model, data);
  }

  @Property(tries = TRIES)
  void gather(
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll @IntRange(min = 1, max = 9) int words,
      @ForAll long seed) {
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor table =
                  n.parameter("z").initializer(Initializer.RANDOM_UNIFORM).output(Z, rows, size);
              n.output("y", n.gather("y", table, n.indices("x", words)).output(Z, words, size));
            },
            3);
    Random random = new Random(seed);
    float[][] data = new float[EXAMPLES][words];
    for (float[] example : data) {
      for (int i = 0; i < words; i++) {
        example[i] = random.nextInt(rows);
      }
    }
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
      // A table holds its largest value whether or not the data ask for its row.
      double largest = 0;
      for (float value : parity.model().get("z")) {
        largest = Math.max(largest, Math.abs(value));
      }
      double reach =
          Math.max(parity.encoding(Z).dequantize(127), -parity.encoding(Z).dequantize(-128));
      assertThat(reach).isGreaterThan(0.99 * largest);
    }
  }

  private static void holds(TinyModel model, float[][] data) {
    try (Parity parity = Parity.of(model, data)) {
      parity.holds();
    }
  }

  private static void isExact(TinyModel model, float[][] data) {
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }
}
