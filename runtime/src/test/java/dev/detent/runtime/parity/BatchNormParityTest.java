package dev.detent.runtime.parity;

import dev.detent.annotations.Activation;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.tflite.interpreter.Kernels;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch norm that stands alone: graph against interpreter, on both sets of kernels. */
class BatchNormParityTest {
  private static final int EXAMPLES = 40;
  private static final int CHANNELS = 12;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange SCALED = ActivationRange.learned("y/scaled", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  @ParameterizedTest
  @CsvSource({
    "NONE, true, true, 4, 0, 1", "RELU, true, true, 4, 1, 3", "RELU6, true, false, 4, 0, 5",
    "NONE, false, true, 4, -2, 0.1", "NONE, true, true, 1, 0, 1", "RELU, true, true, 2, 5, 100"
  })
  void productsAreExactAndSumsHold(
      Activation activation,
      boolean center,
      boolean scale,
      int rows,
      double mean,
      double deviation) {
    int[] shape = rows == 1 ? new int[] {CHANNELS} : new int[] {rows, 3, CHANNELS};
    ActivationRange y = activation == Activation.NONE ? Y : Y.nonNegative();
    TinyModel model =
        new TinyModel(
                g -> {
                  LayerTensor x = g.input("x", shape).output(X);
                  LayerTensor scaled =
                      g.batchNormScale("y/scaled", x)
                          .layer("y")
                          .batchNorm(0.99, 0.001, center, scale)
                          .output(SCALED);
                  g.output("scaled", scaled);
                  g.output("y", g.batchNormShift("y", scaled).activation(activation).output(y));
                },
                p -> {
                  PlanTensor x = p.input("x", shape).output(X);
                  PlanTensor scaled = p.batchNormScale("y/scaled", x).output(SCALED, shape);
                  p.output("scaled", scaled);
                  p.output(
                      "y", p.batchNormShift("y", scaled).activation(activation).output(y, shape));
                },
                1)
            .shuffled(new Random(4));
    float[][] data =
        Parity.gaussian(new Random(5), EXAMPLES, mean, deviation, Parity.elements(shape));
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
    }
  }
}
