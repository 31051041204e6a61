package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that only move integers to another scale: their kernels round twice. */
class RescalingParityTest {
  private static final int EXAMPLES = 40;
  private static final int SIZE = 300;
  private static final ActivationRange X = ActivationRange.learned("x", 8);

  private final Random random = new Random(5);

  /** Both sets of kernels leave RELU and RELU6 to the same built-in kernel. */
  @ParameterizedTest
  @CsvSource({"false, 0, 1", "false, 0.7, 2", "true, 0, 5", "true, 3, 2", "true, -1, 1"})
  void activationsAloneAreExact(boolean isRelu6, double mean, double deviation) {
    ActivationRange range = ActivationRange.learned("y", 8).nonNegative();
    ActivationRange y = isRelu6 ? range.atMost(6) : range;
    try (Parity parity = Parity.of(activation(isRelu6, y), data(mean, deviation))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** A range that is not known to be positive, as when the activation shares it with others. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void activationsAloneInWiderRangesAreExact(boolean isRelu6) {
    ActivationRange y = ActivationRange.learned("y", 8).symmetric();
    try (Parity parity = Parity.of(activation(isRelu6, y), data(1, 5))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  private static TinyModel activation(boolean isRelu6, ActivationRange y) {
    return OneOperation.of(
        X,
        (n, x) ->
            (isRelu6 ? n.unary("y", UnaryKind.RELU6, x) : n.unary("y", UnaryKind.RELU, x))
                .output(y, SIZE),
        SIZE);
  }

  /**
   * Of what a float layer bounds at -1 and 1 many values lie at the ends of their range, 127.5
   * steps of 2 / 255 from 0: whether that is 127 or 128 is decided by the last bit of the scale, in
   * double.
   */
  @ParameterizedTest
  @CsvSource({"0, 2", "0.2, 1", "-3, 1", "0, 0.3"})
  void realNumbersAreQuantizedInDouble(double mean, double deviation) {
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor x = n.input("x").output(SIZE);
              Tensor bounded = n.unary("bounded", UnaryKind.RELU_N1_TO_1, x).output(SIZE);
              n.output("y", n.quantize("y", bounded).output(ActivationRange.learned("y", 8), SIZE));
            },
            1);
    try (Parity parity = Parity.of(model, data(mean, deviation))) {
      parity.isExact(Kernels.BUILT_IN);
      // Which multiplies with the reciprocal, in float, and rounds ties to even.
      parity.atMost(Kernels.XNNPACK, 1);
    }
  }

  /**
   * The built-in kernel's two roundings are followed exactly. XNNPACK cannot be at the same time:
   * it multiplies with {@code M / 256}, {@code M} being 256 times the ratio of the scales, rounded.
   *
   * <p>For {@code A = q - zeroPoint} that is wrong by {@code |A| * |M / 256 - ratio|}, at most 255
   * / 512 < 0.5 steps, before it rounds once, by at most 0.5; the built-in kernel is off by at most
   * 0.5 and, from its first rounding, 0.25. Together less than 1.75, so two integers differ by at
   * most one; which ones do is XNNPACK's formula, to the bit.
   */
  @ParameterizedTest
  @CsvSource({
    "0.3, -128",
    "0.55, 0",
    "0.9, 17",
    "1, 0",
    "1, 5",
    "1.3, -40",
    "1.99, 127",
    "2, 3",
    "3.7, 0"
  })
  void requantizations(double ratio, int zeroPoint) {
    // x spans about 7 in 255 steps.
    ActivationRange y = ActivationRange.fixed("y", 8, 7 / 255.0 / ratio, zeroPoint);
    TinyModel model = OneOperation.of(X, (n, x) -> n.quantize("y", x).output(y, SIZE), SIZE);
    try (Parity parity = Parity.of(model, data(0.2, 1))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 1);
      Encoding from = parity.encoding(X);
      Encoding to = parity.encoding(y);
      long multiplier = Math.round(256 * (double) from.scale() / to.scale());
      Parity.Agreement formula =
          parity.agreement(
              Kernels.XNNPACK,
              q -> {
                int[] result = new int[q.length];
                for (int i = 0; i < q.length; i++) {
                  long moved = ((q[i] - from.zeroPoint()) * multiplier + 128 >> 8) + zeroPoint;
                  result[i] = (int) Math.max(-128, Math.min(127, moved));
                }
                return result;
              });
      assertThat(formula.different()).as("%s", formula).isZero();
    }
  }

  private float[][] data(double mean, double deviation) {
    return Parity.gaussian(random, EXAMPLES, mean, deviation, SIZE);
  }
}
