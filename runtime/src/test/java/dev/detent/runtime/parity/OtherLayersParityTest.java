package dev.detent.runtime.parity;

import static dev.detent.runtime.parity.OneLayer.windows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers without weights, merges and borders: graph against interpreter, on both sets of kernels.
 */
class OtherLayersParityTest {
  private static final int EXAMPLES = 30;
  private static final ActivationRange X = ActivationRange.learned("x", 8);
  private static final ActivationRange Y = ActivationRange.learned("y", 8);

  private final Random random = new Random(77);

  // ---------------------------------------------------------------- same scale in and out

  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 2, VALID, NONE", "3, 3, 2, 2, SAME, NONE", "3, 3, 1, 1, SAME, RELU",
    "2, 3, 3, 1, SAME, NONE", "3, 3, 2, 2, SAME, RELU6", "8, 9, 1, 1, VALID, NONE",
    "1, 3, 2, 2, SAME, NONE", "3, 1, 2, 2, SAME, NONE", "2, 2, 2, 2, VALID, RELU6",
    "2, 2, 2, 2, VALID, RELU_N1_TO_1"
  })
  void pools(int height, int width, int strideY, int strideX, Padding padding, Activation fused) {
    for (boolean isAverage : new boolean[] {false, true}) {
      TinyModel model =
          OneOperation.of(
              X,
              (n, x) ->
                  (isAverage ? n.averagePool2d("y", x) : n.maxPool2d("y", x))
                      .poolSize(height, width)
                      .strides(strideY, strideX)
                      .padding(padding)
                      .activation(fused)
                      .output(
                          X,
                          windows(8, height, strideY, 1, padding),
                          windows(9, width, strideX, 1, padding),
                          6),
              8,
              9,
              6);
      isExact(model, data(1, 4, 8 * 9 * 6));
    }
  }

  @Test
  void movesOfData() {
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) ->
                n.reshape("y", n.zeroPad2d("padded", x, 1, 0, 2, 3).output(5, 9, 2))
                    .output(5 * 9, 2),
            4,
            4,
            2);
    isExact(model, data(3, 1, 32));
  }

  /** A dropout is its input in inference, and no operation in the file. */
  @Test
  void dropout() {
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> n.reshape("y", n.dropout("dropped", x, 0.5)).output(8, 4), 4, 8);
    try (Parity parity = Parity.of(model, data(0, 1, 32))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly("RESHAPE");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void softmax(int classes) {
    ActivationRange probabilities = ActivationRange.fixed("y", 8, 1.0 / 256, -128);
    TinyModel model =
        OneOperation.of(X, (n, x) -> n.softmax("y", x).output(probabilities, classes), classes);
    try (Parity parity = Parity.of(model, Parity.gaussian(random, 4000 / classes, 0, 3, classes))) {
      parity.holds();
    }
  }

  // ---------------------------------------------------------------- merges

  @ParameterizedTest
  @CsvSource({"1, NONE", "0.1, RELU", "7, RELU6", "40, NONE", "0.01, NONE", "2, RELU_N1_TO_1"})
  void additions(double size, Activation fused) {
    ActivationRange y =
        switch (fused) {
          case NONE -> Y;
          case RELU -> Y.nonNegative();
          case RELU6 -> Y.nonNegative().atMost(6);
          case RELU_N1_TO_1 -> Y.atMost(1);
        };
    TinyModel model =
        OneOperation.own(y)
            .model(
                (n, in, to) -> n.add("y", in.get(0), in.get(1)).activation(fused).output(to, 200),
                new int[] {200},
                new int[] {200});
    try (Parity parity = Parity.of(model, data(0.3, 2, 200), data(-0.2, size, 200))) {
      parity.holds();
    }
  }

  /** A tensor added to itself, in steps of the same size and of others. */
  @Test
  void chainOfAdditions() {
    ActivationRange first = ActivationRange.learned("first", 8);
    ActivationRange second = ActivationRange.learned("second", 8).nonNegative();
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> {
              Tensor a = n.add("first", x, x).output(first, 500);
              Tensor b = n.add("second", a, x).activation(Activation.RELU).output(second, 500);
              return n.add("y", b, a).output(Y, 500);
            },
            500);
    try (Parity parity = Parity.of(model, data(0, 1, 500))) {
      parity.holds();
    }
  }

  /**
   * Branches of unequal ranges, a pool and a plain tensor among them, all in one range from the
   * producers on, as the kernel demands.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void concatenations(int branches) {
    TinyModel model =
        OneOperation.of(
                Y,
                (n, x) -> {
                  Tensor[] parts = new Tensor[branches];
                  for (int i = 0; i < branches - 2; i++) {
                    parts[i] =
                        n.conv2d("branch" + i, x)
                            .kernel(1 + i, 1 + i, 4, 3)
                            .padding(Padding.SAME)
                            .bias(Initializer.ZEROS)
                            .quantizeKernel(WeightQuantization.perChannel(8))
                            .activation(i == 0 ? Activation.RELU : Activation.NONE)
                            .output(Y, 6, 6, 3);
                  }
                  parts[branches - 2] =
                      n.maxPool2d("pool", x)
                          .poolSize(3, 3)
                          .strides(1, 1)
                          .padding(Padding.SAME)
                          .output(Y, 6, 6, 4);
                  parts[branches - 1] = x;
                  int channels = 3 * (branches - 2) + 8;
                  return n.concatenation("y", 3, parts).output(Y, 6, 6, channels);
                },
                6,
                6,
                4)
            .shuffled(random);
    model.set("branch0/bias", 9, 10, 11); // far beyond what the others have
    try (Parity parity = Parity.of(model, data(0, 1, 6 * 6 * 4))) {
      parity.holds();
      assertThat(parity.encoding(Y).dequantize(127)).isGreaterThan(9);
    }
  }

  // ---------------------------------------------------------------- borders

  /** Every type of input and output; the integers inside are the same. */
  @ParameterizedTest
  @EnumSource(BorderType.class)
  void borderTypes(BorderType type) {
    TinyModel model =
        OneOperation.of(
            X, (n, x) -> n.maxPool2d("y", x).poolSize(2, 2).output(X, 4, 4, 3), 8, 8, 3);
    ExportOptions options = ExportOptions.int8().inputs(type).outputs(type);
    try (Parity parity = Parity.of(model, options, data(0.5, 1, 192))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** A float model with one quantized layer: QUANTIZE before it and DEQUANTIZE behind. */
  @Test
  void borderOfOneQuantizedLayer() {
    TinyModel model =
        new TinyModel(
                n -> {
                  Tensor x = n.input("x").output(6, 6, 3);
                  Tensor y =
                      n.conv2d("conv", n.quantize("x/quantize_conv", x).output(X, 6, 6, 3))
                          .kernel(3, 3, 3, 5)
                          .bias(Initializer.ZEROS)
                          .quantizeKernel(WeightQuantization.perChannel(8))
                          .output(Y, 4, 4, 5);
                  n.output("y", n.dequantize("y", y).output(4, 4, 5));
                },
                1)
            .shuffled(random);
    try (Parity parity = Parity.of(model, data(0, 1, 108)).grid("y", Y)) {
      parity.holds();
    }
  }

  /** A quantized model with one float layer in the middle. */
  @Test
  void borderOfOneFloatLayer() {
    TinyModel model =
        OneOperation.of(
                X,
                (n, x) -> {
                  Tensor dense =
                      n.fullyConnected("dense", n.dequantize("x/dequantize", x).output(40))
                          .kernel(40, 50)
                          .bias(Initializer.ZEROS)
                          .activation(Activation.RELU)
                          .output(50);
                  return n.quantize("y", dense).output(Y, 50);
                },
                40)
            .shuffled(random);
    try (Parity parity = Parity.of(model, Parity.gaussian(random, 100, 0, 1, 40))) {
      parity.holds();
    }
  }

  private float[][] data(double mean, double deviation, int size) {
    return Parity.gaussian(random, EXAMPLES, mean, deviation, size);
  }

  private static void isExact(TinyModel model, float[][] data) {
    try (Parity parity = Parity.of(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }
}
