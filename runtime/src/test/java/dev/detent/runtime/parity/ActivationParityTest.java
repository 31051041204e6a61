package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations on their own: graph against interpreter, on both sets of kernels. */
class ActivationParityTest {
  private static final int EXAMPLES = 40;

  /**
   * Inputs around anything, of any size, in rows of any length. Those that share one kernel on both
   * sets, and those whose XNNPACK kernel looks results up, are held to the same on both; how
   * XNNPACK rounds the rest is below.
   */
  @Property(tries = 16)
  void holdInAnyRange(
      @ForAll @DoubleRange(min = -3, max = 3) double logOfDeviation,
      @ForAll @DoubleRange(min = -4, max = 4) double mean,
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll long seed) {
    double deviation = Math.pow(10, logOfDeviation);
    float[][] data = Parity.gaussian(new Random(seed), EXAMPLES, mean * deviation, deviation, size);
    try (Parity parity = Parity.of(ActivationCase.model(ActivationCase.ALL, size), data)) {
      for (Kernels kernels : Kernels.values()) {
        var agreements = parity.agreements(kernels);
        for (ActivationCase each : ActivationCase.ALL) {
          Parity.Agreement agreement = agreements.get(each.name());
          String what = each.name() + " on " + kernels + ": " + agreement;
          assertThat(agreement.largest()).as(what).isLessThanOrEqualTo(1);
          if (kernels == Kernels.BUILT_IN || !each.isOnXnnpack()) {
            // Of fewer than 100 values one may still lie on a tie.
            long allowed =
                each.isFixedPoint()
                    ? 0
                    : Math.max(1, (long) (agreement.values() * (1 - Parity.SHARE)));
            assertThat(agreement.different()).as(what).isLessThanOrEqualTo(allowed);
          }
        }
      }
    }
  }

  /** As at the end of a network, and over the last axis of an image. */
  @Test
  void imagesHold() {
    float[][] data = Parity.gaussian(new Random(2), EXAMPLES, 0.3, 2, 5 * 6 * 7);
    try (Parity parity = Parity.of(ActivationCase.model(ActivationCase.ALL, 5, 6, 7), data)) {
      var agreements = parity.agreements(Kernels.BUILT_IN);
      assertThat(agreements).hasSameSizeAs(ActivationCase.ALL);
      agreements
          .values()
          .forEach(agreement -> assertThat(agreement.differentShare()).isLessThanOrEqualTo(0.01));
    }
  }

  /**
   * HARD_SWISH wants steps of at least 1/128 of its input's, however little of a grid that the
   * kernel fixes is in use: here from -3 to -2.5, of -16 to 0.
   */
  @Test
  void hardSwishReadsAWideFixedGrid() {
    ActivationRange logs = ActivationRange.fixed("logs", 8, 1 / 16.0, 127);
    TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) ->
                n.unary(
                        "y",
                        UnaryKind.HARD_SWISH,
                        n.unary("logs", UnaryKind.LOG_SOFTMAX, x).output(logs, 16))
                    .output(OneOperation.Y, 16),
            16);
    float[][] data = Parity.gaussian(new Random(6), EXAMPLES, 0, 0.05, 16);
    try (Parity parity = Parity.of(model, data)) {
      // A step of LOG_SOFTMAX, in which one of a hundred values may differ, is many of HARD_SWISH.
      assertThat(parity.agreements(Kernels.BUILT_IN).get("y").differentShare())
          .isLessThanOrEqualTo(0.01);
    }
  }

  /**
   * In several operations. On the built-in kernels none but a table may differ from the graph, in
   * one of a hundred values, by a step, which a slope of 1.7 makes two. XNNPACK rounds LEAKY_RELU
   * and MUL otherwise, by a step each, in whichever values: two of them are in a row.
   */
  @ParameterizedTest
  @CsvSource({"0, 1", "-2, 3", "0.5, 0.01", "4, 100"})
  void composedHold(double mean, double deviation) {
    float[][] data = Parity.gaussian(new Random(11), EXAMPLES, mean, deviation, 300);
    try (Parity parity = Parity.of(ActivationCase.model(ActivationCase.COMPOSED, 300), data)) {
      for (Kernels kernels : Kernels.values()) {
        parity
            .agreements(kernels)
            .forEach(
                (name, agreement) -> {
                  String what = name + " on " + kernels + ": " + agreement;
                  assertThat(agreement.largest()).as(what).isLessThanOrEqualTo(2);
                  if (kernels == Kernels.BUILT_IN) {
                    assertThat(agreement.differentShare())
                        .as(what)
                        .isLessThanOrEqualTo(1 - Parity.SHARE);
                  }
                });
      }
    }
  }

  /** The float file has the same operations, and constants of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void floatFilesComputeTheSame(boolean isComposed, @TempDir Path folder) {
    List<ActivationCase> cases = isComposed ? ActivationCase.COMPOSED : ActivationCase.ALL;
    try (TinyModel model = ActivationCase.model(cases, 2, 3, 20)) {
      float[] x = Parity.gaussian(new Random(3), 1, 0, 3, 120)[0];
      float[][] expected = model.predict(x);
      Path file = model.exportFloat(folder.resolve("float.tflite"));
      for (Kernels kernels : Kernels.values()) {
        try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, kernels)) {
          interpreter.setInput(0, x);
          interpreter.invoke();
          for (int i = 0; i < expected.length; i++) {
            // Float arithmetic around 10; XNNPACK approximates exp and tanh to a few units in the
            // last place.
            assertThat(interpreter.outputFloats(i))
                .as(cases.get(i).name())
                .containsExactly(expected[i], within(2e-5f));
          }
        }
      }
    }
  }

  /** Sums of squares beyond 2^21, from which on the kernel's product is rounded twice. */
  @ParameterizedTest
  @ValueSource(ints = {400, 2000})
  void longVectorsAreNormalized(int size) {
    List<ActivationCase> only = only("l2Normalize");
    float[][] data = Parity.gaussian(new Random(5), EXAMPLES, 3, 3, size);
    for (float[] example : data) {
      example[0] = 500; // beside which a step is small
      example[1] = -500;
    }
    try (Parity parity = Parity.of(ActivationCase.model(only, size), data)) {
      parity.holds();
    }
  }

  /**
   * A hard-swish that hardly ever opens: the kernel takes no output whose steps are below 1/128 of
   * the input's.
   */
  @Test
  void hardSwishOfVeryNegativeValuesRuns() {
    float[][] data = Parity.gaussian(new Random(6), EXAMPLES, -5000, 1000, 100);
    try (Parity parity = Parity.of(ActivationCase.model(only("hardSwish"), 100), data)) {
      parity.isExact(Kernels.BUILT_IN);
      Encoding from = parity.encoding(ActivationCase.X);
      Encoding to = parity.encoding(only("hardSwish").get(0).range());
      assertThat(to.scale()).isGreaterThan(from.scale() / 128);
    }
  }

  /**
   * XNNPACK's LEAKY_RELU multiplies with {@code M / 256}, {@code M} being 256 times the ratio of
   * the scales (times the slope), rounded, and rounds once. That is less than 0.5 steps off before
   * it rounds; the built-in kernel, which the graph follows, rounds twice. So they differ in many
   * values, by one step at most; which ones do is XNNPACK's formula, to the bit.
   */
  @ParameterizedTest
  @CsvSource({"0, 1", "-2, 3", "0.5, 0.01", "4, 100"})
  void leakyReluOnXnnpack(double mean, double deviation) {
    List<ActivationCase> only = only("leakyRelu");
    float[][] data = Parity.gaussian(new Random(7), EXAMPLES, mean, deviation, 300);
    try (Parity parity = Parity.of(ActivationCase.model(only, 300), data)) {
      parity.isExact(Kernels.BUILT_IN);
      Encoding from = parity.encoding(ActivationCase.X);
      Encoding to = parity.encoding(only.get(0).range());
      double ratio = 256.0 * from.scale() / to.scale();
      isXnnpacks(
          parity,
          q -> {
            int distance = q - from.zeroPoint();
            double multiplier = Math.rint(distance < 0 ? ratio * 0.3f : ratio);
            return (int) Math.floor((distance * multiplier + 128) / 256) + to.zeroPoint();
          });
    }
  }

  /**
   * XNNPACK's MUL rounds the product times a float once, half to even, where the built-in kernel
   * rounds twice.
   */
  @ParameterizedTest
  @CsvSource({"0, 1", "-2, 3", "0, 0.05", "10, 30"})
  void swishOnXnnpack(double mean, double deviation) {
    List<ActivationCase> only = only("swish");
    float[][] data = Parity.gaussian(new Random(8), EXAMPLES, mean, deviation, 300);
    try (Parity parity = Parity.of(ActivationCase.model(only, 300), data)) {
      parity.isExact(Kernels.BUILT_IN);
      Encoding from = parity.encoding(ActivationCase.X);
      Encoding to = parity.encoding(only.get(0).range());
      float multiplier = from.scale() / 256 / to.scale();
      isXnnpacks(
          parity,
          q -> {
            int distance = q - from.zeroPoint();
            double sigmoid = 1 / (1 + Math.exp(-distance * (double) from.scale()));
            long share = Math.min(255, Math.round(256 * sigmoid));
            return (int) Math.rint(distance * share * multiplier) + to.zeroPoint();
          });
    }
  }

  private static void isXnnpacks(Parity parity, IntUnaryOperator formula) {
    Parity.Agreement agreement =
        parity.agreement(
            Kernels.XNNPACK,
            q -> {
              int[] result = new int[q.length];
              for (int i = 0; i < q.length; i++) {
                result[i] = Math.max(-128, Math.min(127, formula.applyAsInt(q[i])));
              }
              return result;
            });
    assertThat(agreement.different()).as("%s", agreement).isZero();
  }

  /** One alpha a channel, one a value, one for all; zeros, and negative ones. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 6, RANDOM_NORMAL",
    "4, 5, 6, GLOROT_UNIFORM",
    "1, 1, 1, ONES",
    "4, 1, 6, ZEROS"
  })
  void alphas(int height, int width, int channels, Initializer initializer) {
    TinyModel model =
        new TinyModel(
            n ->
                n.output(
                    "y",
                    n.prelu("y", n.input("x").output(OneOperation.X, 4, 5, 6))
                        .alpha(height, width, channels)
                        .alphaInitializer(initializer)
                        .quantizeAlpha(8)
                        .output(OneOperation.Y, 4, 5, 6)),
            4);
    try (Parity parity = Parity.of(model, Parity.gaussian(new Random(9), EXAMPLES, 0, 1, 120))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /**
   * Whatever the scale is: that of the third is below 2^-8, where the kernel that compares 8 bits
   * takes neighbours for equal, and that of the fourth above 1, which its multiplier may not be.
   * The last threshold is above all values.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5",
    "0.3, 1, 0",
    "0, 0.003, 0.0021",
    "0, 1000, 700",
    "-2, 0.5, 0",
    "0, 1, 30"
  })
  void thresholds(double mean, double deviation, double theta) {
    TinyModel model =
        OneOperation.of(
            OneOperation.X, (n, x) -> n.thresholdedRelu("y", x, theta).output(5, 4, 15), 5, 4, 15);
    float[][] data = Parity.gaussian(new Random(10), EXAMPLES, mean, deviation, 300);
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** Of integers a step apart the one on the threshold is none that is above it. */
  @Test
  void whatIsOnTheThresholdIsNotAboveIt(@TempDir Path folder) {
    try (TinyModel model =
        OneOperation.of(
            OneOperation.X, (n, x) -> n.thresholdedRelu("y", x, 0.25).output(256), 256)) {
      float[] x = new float[256];
      float[] expected = new float[256];
      for (int i = 0; i < x.length; i++) {
        x[i] = (i - 128) / 64f;
        expected[i] = x[i] > 0.25f ? x[i] : 0;
      }
      model.quantize(Parity.examples(model, List.<float[][]>of(new float[][] {x})));
      assertThat(model.encoding(OneOperation.X)).isEqualTo(new Encoding(1 / 64f, 0, 8));
      for (Path file :
          List.of(
              model.exportInt8(folder.resolve("int8.tflite")),
              model.exportFloat(folder.resolve("float.tflite")))) {
        for (Kernels kernels : Kernels.values()) {
          try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, kernels)) {
            interpreter.setInput(0, x);
            interpreter.invoke();
            assertThat(interpreter.outputFloats(0)).containsExactly(expected);
          }
        }
      }
    }
  }

  /** A ceiling in a range that is wider, as one that the user made symmetric. */
  @Test
  void ceilingsInWiderRanges() {
    ActivationRange y = ActivationRange.learned("y", 8).symmetric();
    TinyModel model =
        OneOperation.of(
            OneOperation.X,
            (n, x) ->
                n.minimum("y", n.unary("y/relu", UnaryKind.RELU, x).output(y, 100), 1.234)
                    .output(y, 100),
            100);
    try (Parity parity = Parity.of(model, Parity.gaussian(new Random(4), EXAMPLES, 0, 2, 100))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
      assertThat(parity.encoding(y).dequantize(127)).isGreaterThan(2);
    }
  }

  /** The operation in front keeps the field's name for its variables. */
  @Test
  void behindAConvolution() {
    ActivationRange linear = ActivationRange.learned("y/conv2d", 8);
    TinyModel model =
        OneOperation.of(
                OneOperation.X,
                (n, x) -> {
                  Tensor conv =
                      n.conv2d("y/conv2d", x)
                          .weights("y")
                          .kernel(3, 3, 3, 8)
                          .quantizeKernel(WeightQuantization.perChannel(8))
                          .batchNorm(0.99, 0.001)
                          .output(linear, 5, 5, 8);
                  return n.unary("y", UnaryKind.HARD_SWISH, conv).output(OneOperation.Y, 5, 5, 8);
                },
                7,
                7,
                3)
            .shuffled(new Random(8));
    assertThat(model.variables().find("y/kernel")).isNotNull();
    assertThat(model.variables().find("y/gamma")).isNotNull();
    float[][] data = Parity.gaussian(new Random(4), EXAMPLES, 0, 1, 147);
    try (Parity parity = Parity.of(model, data)) {
      // The convolution may differ in 1%, by a step, which may be more than one behind a function
      // that is steeper than 1. What is equal in front is equal behind.
      Parity.Agreement agreement = parity.agreements(Kernels.BUILT_IN).get("y");
      assertThat(agreement.differentShare()).isLessThanOrEqualTo(1 - Parity.SHARE);
    }
  }

  private static List<ActivationCase> only(String name) {
    return ActivationCase.ALL.stream().filter(each -> each.name().equals(name)).toList();
  }
}
