package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.Encoding;
import dev.detent.runtime.tflite.Kernels;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The global average pool: each of TFLite's kernels for it rounds in its own way. */
class MeanParityTest {
  private static final int EXAMPLES = 100;
  private static final int CHANNELS = 24;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  /**
   * The built-in kernels are followed exactly. XNNPACK rounds the real mean once, so it cannot be
   * met at the same time.
   *
   * <p>How far the two are from the real mean: XNNPACK by at most 0.5. The built-in kernels round
   * to {@code 2^-shift} steps first (wrong by half of that, at most 0.25 where there are two
   * roundings), then to a step (0.5), and with the axes kept round the zero point's share by itself
   * (another 0.5). All together at most 1.75, so two integers differ by at most one.
   *
   * <p>Which ones do is XNNPACK's formula, one rounding of the real mean, but for values so near to
   * a border that float and double arithmetic part.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, false, 0, 1",
    "2, 2, false, 0, 1",
    "4, 4, false, 0.5, 2",
    "7, 7, false, 0, 1",
    "8, 8, false, 3, 1",
    "5, 3, false, -4, 1",
    "12, 12, false, 0, 3",
    "1, 1, true, 0, 1",
    "2, 2, true, 0, 1",
    "4, 4, true, 0.5, 2",
    "7, 7, true, 0, 1",
    "8, 8, true, 3, 1",
    "5, 3, true, -4, 1",
    "12, 12, true, 0, 3"
  })
  void isExactOnBuiltInKernelsAndBoundedOnXnnpack(
      int height, int width, boolean keepDims, double mean, double deviation) {
    int pixels = height * width;
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> OneOperation.reduced(n.mean("y", x), x, keepDims, Y, 1, 2),
            height,
            width,
            CHANNELS);
    Random random = new Random(pixels);
    float[][] data = Parity.gaussian(random, EXAMPLES, mean, deviation, pixels * CHANNELS);
    // Means that differ: a part of each channel that is the same in all its pixels.
    for (float[] example : data) {
      for (int c = 0; c < CHANNELS; c++) {
        float level = (float) (deviation * random.nextGaussian());
        for (int i = 0; i < pixels; i++) {
          example[i * CHANNELS + c] += level;
        }
      }
    }
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      Encoding from = parity.encoding(X);
      Encoding to = parity.encoding(Y);
      parity.atMost(Kernels.XNNPACK, 1);
      Parity.Agreement formula =
          parity.agreement(
              Kernels.XNNPACK,
              q -> {
                int[] result = new int[CHANNELS];
                for (int i = 0; i < q.length; i++) {
                  result[i % CHANNELS] += q[i] - from.zeroPoint();
                }
                for (int c = 0; c < CHANNELS; c++) {
                  double exact = (double) result[c] / pixels * from.scale() / to.scale();
                  long rounded = Math.round(exact) + to.zeroPoint();
                  result[c] = (int) Math.max(-128, Math.min(127, rounded));
                }
                return result;
              });
      assertThat(formula.differentShare()).as("%s", formula).isLessThanOrEqualTo(0.002);
    }
  }
}
