package dev.detent.runtime.tflite.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.FixedValues;
import dev.detent.runtime.tflite.TfliteException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What ends the process in TensorFlow Lite 2.20, is refused by XNNPACK there, or overflows, is not
 * written: tried with these very numbers.
 */
class ScaleLimitsTest {
  private final FixedValues values = new FixedValues();
  private final PlanBuilder plan = new PlanBuilder();

  @ParameterizedTest
  @CsvSource({
    "ADD, 1, 1, 1e-6, less than 524288",
    "ADD, 1e-3, 1e33, 1e33, 'ADD ''y'' has the output scale 1.0E33'",
    "ADD, 1e-39, 1, 1, '''a'' has the scale 1.0E-39; the smallest that the kernels take is'",
    "SUB, 1, 2, 1e-6, times as wide as those of its output (2.0 and 1.0E-6)",
    "MUL, 1, 1, 1e-5, less than 16384",
    "MUL, 1e30, 1e30, 1, product of input scales Infinity",
    "BATCH_MATMUL, 1, 1, 1e-3, less than 256",
    "CONV_2D, 1, 1, 1e-3, less than 256",
    "CONV_2D, 1e-30, 1e-10, 1, 'CONV_2D ''y'' has a bias of the scale'",
    "FULLY_CONNECTED, 1e20, 1e20, 1, product of input scales Infinity",
    "MEAN, 1e6, 1, 1e-3, less than 4194304",
    "HARD_SWISH, 1, 1, 1e-3, less than 128",
    "QUANTIZE, 1, 1, 1e-8, less than 4194304"
  })
  void refused(OperationKind kind, float a, float b, float y, String reason) {
    operation(kind, a, b, y);
    assertThatThrownBy(this::export)
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, 1, 1, 2e-6",
    "ADD, 1e32, 1e32, 1e32",
    "SUB, 1, 1e-30, 2e-6",
    "MUL, 1, 1, 7e-5",
    "BATCH_MATMUL, 1, 1, 4e-3",
    "CONV_2D, 1e-20, 1e-10, 1",
    "MEAN, 1, 1, 3e-7",
    "HARD_SWISH, 1, 1, 8e-3",
    "QUANTIZE, 1, 1, 3e-7"
  })
  void written(OperationKind kind, float a, float b, float y) {
    operation(kind, a, b, y);
    assertThat(export()).isNotEmpty();
  }

  private byte[] export() {
    return TfliteExporter.toBytes(plan.build(), values, ExportOptions.int8());
  }

  /** An operation of inputs, or an input and weights, of the scales {@code a} and {@code b}. */
  private void operation(OperationKind kind, float a, float b, float y) {
    PlanTensor x = plan.input("a", 4, 4, 1).output(values.range("a", a, 0));
    ActivationRange to = values.range("y", y, 0);
    values.weights(
        "y",
        LayerWeights.ofIntegers(new float[1], new int[] {1, 1, 1, 1}, new float[] {b}, null, 8));
    PlanTensor result =
        switch (kind) {
          case ADD -> plan.add("y", x, second(b)).activation(Activation.NONE).output(to, 4, 4, 1);
          case SUB -> plan.subtract("y", x, second(b)).output(to, 4, 4, 1);
          case MUL -> plan.multiply("y", x, second(b)).output(to, 4, 4, 1);
          case BATCH_MATMUL -> plan.batchMatMul("y", x, second(b)).output(to, 4, 4, 1);
          case CONV_2D -> plan.conv2d("y", x).padding(Padding.SAME).output(to, 4, 4, 1);
          case FULLY_CONNECTED -> {
            values.weights(
                "y",
                LayerWeights.ofIntegers(new float[1], new int[] {1, 1}, new float[] {b}, null, 8));
            yield plan.fullyConnected("y", x).output(to, 4, 4, 1);
          }
          case MEAN -> plan.mean("y", x).axes(1, 2).output(to, 1);
          case HARD_SWISH -> plan.hardSwish("y", x).output(to, 4, 4, 1);
          case QUANTIZE -> plan.quantize("y", x).output(to, 4, 4, 1);
          default -> throw new IllegalArgumentException(kind + " is not tried");
        };
    plan.output("y", result);
  }

  private PlanTensor second(float scale) {
    return plan.input("b", 4, 4, 1).output(values.range("b", scale, 0));
  }
}
