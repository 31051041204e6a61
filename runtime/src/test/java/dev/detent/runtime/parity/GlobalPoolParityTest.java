package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools over sequences and over whole images, and layers that act in training only. */
class GlobalPoolParityTest {
  private static final int EXAMPLES = 60;
  private static final int CHANNELS = 10;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void largestValuesAreExact(boolean isSequence, boolean keepDims) {
    int[] shape = isSequence ? new int[] {9, CHANNELS} : new int[] {5, 4, CHANNELS};
    int[] axes = isSequence ? new int[] {1} : new int[] {1, 2};
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> OneOperation.reduced(n.reduceMax("y", x), x, keepDims, X, axes), shape);
    try (Parity parity = Parity.of(model, data(0.5, 2, shape))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** Over one axis the built-in kernel rounds as over two; XNNPACK, see {@link MeanParityTest}. */
  @ParameterizedTest
  @CsvSource({"1, false, 0", "7, false, 1", "16, true, -3", "100, true, 0", "33, false, 4"})
  void meansOverStepsAreExactOnBuiltInKernels(int steps, boolean keepDims, double mean) {
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> OneOperation.reduced(n.mean("y", x), x, keepDims, Y, 1), steps, CHANNELS);
    try (Parity parity = Parity.of(model, data(mean, 2, steps, CHANNELS))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.atMost(Kernels.XNNPACK, 1);
    }
  }

  /** Each is its input in inference, and no operation in the file. */
  @Test
  void layersOfTrainingLeaveNoTrace() {
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> {
              Tensor dropped = n.spatialDropout("dropped", x, 0.5);
              Tensor noisy = n.gaussianNoise("noisy", dropped, 1);
              return n.reduceMax("y", n.alias("same", noisy)).output(X, CHANNELS);
            },
            4,
            3,
            CHANNELS);
    try (Parity parity = Parity.of(model, data(0, 1, 4, 3, CHANNELS))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly("REDUCE_MAX");
    }
  }

  private static float[][] data(double mean, double deviation, int... shape) {
    return Parity.gaussian(new Random(3), EXAMPLES, mean, deviation, Parity.elements(shape));
  }
}
