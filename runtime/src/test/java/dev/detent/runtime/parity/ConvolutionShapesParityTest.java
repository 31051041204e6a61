package dev.detent.runtime.parity;

import static dev.detent.runtime.parity.OneLayer.windows;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups, multipliers, unequal strides and dilations: graph against interpreter. */
class ConvolutionShapesParityTest {
  private static final int EXAMPLES = 60;
  private static final WeightQuantization PER_CHANNEL = WeightQuantization.perChannel(8);

  @ParameterizedTest
  @CsvSource({
    "2, 3, 3, 1, 1, SAME",
    "4, 3, 3, 2, 2, SAME",
    "8, 1, 1, 1, 1, VALID",
    "2, 3, 2, 2, 1, VALID",
    "8, 3, 3, 1, 1, SAME",
    "4, 1, 3, 2, 2, SAME",
    "8, 1, 1, 2, 2, SAME"
  })
  void groups(int groups, int height, int width, int strideY, int strideX, Padding padding) {
    OneLayer layer =
        OneLayer.reading(9, 8, 8)
            .yielding(
                windows(9, height, strideY, 1, padding),
                windows(8, width, strideX, 1, padding),
                16);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(height, width, 8 / groups, 16)
                    .strides(strideY, strideX)
                    .padding(padding)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL)
                    .batchNorm(0.99, 0.001)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3, 2, 1, 1, 1, SAME, 1", "3, 3, 1, 2, 1, 1, VALID, 2", "5, 3, 3, 2, 1, 1, SAME, 3",
    "2, 2, 2, 3, 1, 1, VALID, 1", "3, 3, 1, 1, 2, 1, SAME, 2", "3, 3, 1, 1, 1, 2, VALID, 1",
    "3, 3, 1, 1, 2, 2, SAME, 4", "1, 1, 2, 1, 1, 1, SAME, 2", "3, 1, 1, 1, 3, 1, SAME, 1"
  })
  void stridesDilationsAndMultipliers(
      int height,
      int width,
      int strideY,
      int strideX,
      int dilationY,
      int dilationX,
      Padding padding,
      int multiplier) {
    bothHold(
        new int[] {9, 8, 4},
        new int[] {height, width},
        new int[] {strideY, strideX},
        new int[] {dilationY, dilationX},
        padding,
        multiplier);
  }

  /** Where TensorFlow's own convolution leaves most of its result as it was in memory. */
  @ParameterizedTest
  @CsvSource({
    "9, 8, 3, 8, 8, VALID, 2", "9, 2, 2, 3, 3, SAME, 3", "9, 3, 3, 2, 3, SAME, 2",
    "8, 5, 4, 3, 3, VALID, 2", "2, 1, 1, 2, 2, SAME, 2", "9, 8, 3, 7, 2, VALID, 1"
  })
  void oneChannelAndOneColumn(
      int height,
      int width,
      int kernelHeight,
      int kernelWidth,
      int strideX,
      Padding padding,
      int outputs) {
    bothHold(
        new int[] {height, width, 1},
        new int[] {kernelHeight, kernelWidth},
        new int[] {1, strideX},
        new int[] {1, 1},
        padding,
        outputs);
  }

  /** A depthwise convolution, and a convolution with as many outputs. */
  private static void bothHold(
      int[] image, int[] kernel, int[] strides, int[] dilations, Padding padding, int multiplier) {
    int in = image[2];
    for (boolean isDepthwise : new boolean[] {true, false}) {
      OneLayer layer =
          OneLayer.reading(image)
              .yielding(
                  windows(image[0], kernel[0], strides[0], dilations[0], padding),
                  windows(image[1], kernel[1], strides[1], dilations[1], padding),
                  in * multiplier);
      holds(
          layer,
          layer.model(
              (n, x) ->
                  (isDepthwise
                          ? n.depthwiseConv2d("y", x).kernel(kernel[0], kernel[1], in, multiplier)
                          : n.conv2d("y", x).kernel(kernel[0], kernel[1], in, in * multiplier))
                      .strides(strides[0], strides[1])
                      .dilations(dilations[0], dilations[1])
                      .padding(padding)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(PER_CHANNEL)));
    }
  }

  private static void holds(OneLayer layer, TinyModel model) {
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.holds(Kernels.XNNPACK);
    }
  }
}
