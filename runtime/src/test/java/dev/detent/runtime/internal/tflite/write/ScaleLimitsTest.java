package dev.detent.runtime.internal.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.ExportOptions;
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
  private final NetworkBuilder n = new NetworkBuilder();

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
  void refused(TfliteOperator operator, float a, float b, float y, String reason) {
    operation(operator, a, b, y);
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
  void written(TfliteOperator operator, float a, float b, float y) {
    operation(operator, a, b, y);
    assertThat(export()).isNotEmpty();
  }

  private byte[] export() {
    return TfliteExporter.toBytes(n.build(), values, ExportOptions.int8());
  }

  /** An operation of inputs, or an input and weights, of the scales {@code a} and {@code b}. */
  private void operation(TfliteOperator operator, float a, float b, float y) {
    Tensor x = n.input("a").output(values.range("a", a, 0), 4, 4, 1);
    ActivationRange to = values.range("y", y, 0);
    int[] kernel = operator == TfliteOperator.CONV_2D ? new int[] {1, 1, 1, 1} : new int[] {1, 1};
    values.weights(
        "y", LayerWeights.ofIntegers(new float[1], kernel, new float[] {b}, null, Byte.SIZE));
    Tensor result =
        switch (operator) {
          case ADD -> n.add("y", x, second(b)).activation(Activation.NONE).output(to, 4, 4, 1);
          case SUB -> n.subtract("y", x, second(b)).output(to, 4, 4, 1);
          case MUL -> n.multiply("y", x, second(b)).output(to, 4, 4, 1);
          case BATCH_MATMUL -> n.batchMatMul("y", x, second(b)).output(to, 4, 4, 1);
          case CONV_2D -> n.conv2d("y", x).kernel(kernel).padding(Padding.SAME).output(to, 4, 4, 1);
          case FULLY_CONNECTED -> n.fullyConnected("y", x).kernel(kernel).output(to, 4, 4, 1);
          case MEAN -> n.mean("y", x).axes(1, 2).output(to, 1);
          case HARD_SWISH -> n.unary("y", UnaryKind.HARD_SWISH, x).output(to, 4, 4, 1);
          case QUANTIZE -> n.quantize("y", x).output(to, 4, 4, 1);
          default -> throw new IllegalArgumentException(operator + " is not tried");
        };
    n.output("y", result);
  }

  private Tensor second(float scale) {
    return n.input("b").output(values.range("b", scale, 0), 4, 4, 1);
  }
}
