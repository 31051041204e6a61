package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.WeightedStep;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.verify.TfliteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transposed convolutions: graph against interpreter, on both sets of kernels. */
class TransposedConvolutionParityTest {
  private static final int EXAMPLES = 20;

  /** With strides above the kernel's size some pixels are in no window: they hold the bias. */
  @ParameterizedTest
  @CsvSource({
    "3, 3, 2, 2, SAME, 12, 10, NONE, true, false, true",
    "3, 3, 2, 2, VALID, 13, 11, RELU, true, true, true",
    "2, 2, 2, 2, VALID, 12, 10, RELU6, false, true, true",
    "1, 1, 1, 1, SAME, 6, 5, NONE, true, false, false",
    "4, 3, 2, 1, SAME, 12, 5, RELU, false, true, false",
    "3, 2, 3, 2, SAME, 17, 9, NONE, true, true, true",
    "1, 2, 2, 3, VALID, 12, 15, RELU6, true, false, true",
    "3, 3, 1, 1, VALID, 8, 7, NONE, false, false, true"
  })
  void holds(
      int height,
      int width,
      int strideY,
      int strideX,
      Padding padding,
      int outHeight,
      int outWidth,
      Activation activation,
      boolean hasBias,
      boolean hasBatchNorm,
      boolean isPerChannel) {
    ActivationRange range = ActivationRange.learned("y", 8);
    ActivationRange y =
        switch (activation) {
          case NONE -> range;
          case RELU -> range.nonNegative();
          case RELU6 -> range.nonNegative().atMost(6);
          case RELU_N1_TO_1 -> range.atMost(1);
        };
    OneLayer layer = OneLayer.reading(6, 5, 4).yielding(outHeight, outWidth, 7).outputRange(y);
    TinyModel model =
        layer.model(
            (n, x) -> {
              WeightedStep result =
                  n.transposeConv("y", x)
                      .kernel(height, width, 7, 4)
                      .strides(strideY, strideX)
                      .padding(padding)
                      .quantizeKernel(
                          isPerChannel
                              ? WeightQuantization.perChannel(8)
                              : WeightQuantization.perTensor(8))
                      .activation(activation);
              if (hasBias) {
                result.bias(Initializer.ZEROS);
              }
              return hasBatchNorm ? result.batchNorm(0.99, 0.001) : result;
            });
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.holds();
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly("TRANSPOSE_CONV");
    }
  }

  /** As a layer over sequences becomes one. */
  @ParameterizedTest
  @CsvSource({"3, 2, SAME, 18", "3, 2, VALID, 19", "2, 3, VALID, 27", "5, 1, SAME, 9"})
  void holdsOverARow(int window, int stride, Padding padding, int outWidth) {
    OneLayer layer = OneLayer.reading(1, 9, 4).yielding(1, outWidth, 7);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.transposeConv("y", x)
                    .kernel(1, window, 7, 4)
                    .strides(1, stride)
                    .padding(padding)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perChannel(8)));
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.holds();
    }
  }

  /** Any quantizer makes the scales of the channels, which are the last axis but one here. */
  @Test
  void scalesThatAreTrained() {
    OneLayer layer = OneLayer.reading(6, 5, 4).yielding(12, 10, 7);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.transposeConv("y", x)
                    .kernel(3, 2, 7, 4)
                    .strides(2, 2)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perChannel(8).quantizer(LearnedStep::new))
                    .batchNorm(0.99, 0.001));
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.holds();
    }
  }

  /** XNNPACK writes outside its memory on such a model, so that none is to be made. */
  @Test
  void outputLessThanTheStridesIsRefused() {
    OneLayer layer = OneLayer.reading(2, 1, 4).yielding(2, 1, 2);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.transposeConv("y", x)
                    .kernel(2, 3, 2, 4)
                    .strides(1, 3)
                    .padding(Padding.SAME)
                    .quantizeKernel(WeightQuantization.perChannel(8)));
    float[][] data = layer.data(EXAMPLES, 0, 1);
    assertThatThrownBy(() -> Parity.of(model, data))
        .isInstanceOf(TfliteException.class)
        .hasMessageContaining("the output of layer 'y' is 2 by 1, less than its strides 1 and 3");
    model.close();
  }
}
