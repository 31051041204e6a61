package dev.detent.runtime.parity;

import static dev.detent.runtime.parity.OneLayer.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.Mode;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.WeightedStep;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.verify.TfliteFile;
import dev.detent.runtime.verify.TfliteInterpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions and dense layers: graph against interpreter, on both sets of kernels. */
class WeightedLayerParityTest {
  @TempDir private Path folder;

  private static final int EXAMPLES = 20;
  private static final WeightQuantization PER_CHANNEL = WeightQuantization.perChannel(8);
  private static final WeightQuantization PER_TENSOR = WeightQuantization.perTensor(8);

  @ParameterizedTest
  @CsvSource({
    "3, 3, 1, 1, 1, VALID", "3, 3, 1, 1, 1, SAME", "3, 3, 2, 2, 1, SAME", "3, 3, 2, 2, 1, VALID",
    "3, 3, 1, 2, 1, SAME", "1, 1, 1, 1, 1, VALID", "1, 1, 2, 2, 1, SAME", "2, 3, 1, 1, 1, SAME",
    "5, 5, 3, 3, 1, SAME", "3, 3, 1, 1, 2, SAME", "3, 3, 1, 1, 2, VALID", "9, 8, 1, 1, 1, VALID"
  })
  void convolution(int height, int width, int strideY, int strideX, int dilation, Padding padding) {
    OneLayer layer =
        OneLayer.reading(9, 8, 5)
            .yielding(
                windows(9, height, strideY, dilation, padding),
                windows(8, width, strideX, dilation, padding),
                7);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(height, width, 5, 7)
                    .strides(strideY, strideX)
                    .dilations(dilation, dilation)
                    .padding(padding)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL)));
  }

  /**
   * An output of a power of two of sums has ties, which tell a product in float from one in double.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void multiplierOfDenseLayersWithOneScale(long seed) {
    ActivationRange x = ActivationRange.learned("x", 8).quantizer(LearnedStep::new);
    ActivationRange y = ActivationRange.learned("y", 8).quantizer(LearnedStep::new);
    OneLayer layer = OneLayer.reading(24).yielding(40).inputRange(x).outputRange(y);
    TinyModel model =
        layer.model(
            (n, in) ->
                n.fullyConnected("y", in)
                    .kernel(24, 40)
                    .quantizeKernel(PER_TENSOR.quantizer(LearnedStep::new)));
    float[][] data = layer.data(100, 0, 1);
    model.quantize(Parity.examples(model, List.<float[][]>of(data)));
    Random random = new Random(seed);
    float inputScale = 0.02f + 0.01f * random.nextFloat();
    float kernelScale = 0.004f + 0.004f * random.nextFloat();
    model.set("x/range/step", inputScale);
    model.set("y/kernel/quantizer/step", kernelScale);
    model.set("y/range/step", 128 * (inputScale * kernelScale));
    try (Parity parity = Parity.ofQuantized(model, data)) {
      parity.isExact(Kernels.BUILT_IN);
    }
  }

  /**
   * XNNPACK computes a convolution with SAME padding wrongly whose strides leave the last pixels in
   * no window, by up to 255 steps; the export does without that padding there.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 2, 2, true", "3, 1, 2, 2, true", "1, 3, 3, 3, true", "1, 2, 2, 2, false",
    "1, 3, 4, 4, false", "5, 1, 2, 1, false", "1, 5, 1, 2, false", "1, 5, 2, 1, true",
    "1, 1, 2, 2, false", "2, 3, 2, 2, false", "1, 3, 7, 7, false", "2, 1, 5, 1, false",
    "2, 4, 5, 3, true", "2, 2, 5, 5, false", "3, 2, 1, 5, true"
  })
  void stridesThatLeavePixelsOver(
      int height, int width, int strideY, int strideX, boolean isPadded) {
    for (boolean isDepthwise : new boolean[] {false, true}) {
      OneLayer layer =
          OneLayer.reading(8, 8, 4)
              .yielding(
                  windows(8, height, strideY, 1, Padding.SAME),
                  windows(8, width, strideX, 1, Padding.SAME),
                  isDepthwise ? 4 : 6);
      TinyModel model =
          layer.model(
              (n, x) ->
                  (isDepthwise
                          ? n.depthwiseConv2d("y", x).kernel(height, width, 4, 1)
                          : n.conv2d("y", x).kernel(height, width, 4, 6))
                      .strides(strideY, strideX)
                      .padding(Padding.SAME)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(PER_CHANNEL));
      float[][] data = layer.data(EXAMPLES, 0, 1);
      try (Parity parity = Parity.of(model, data)) {
        parity.holds();
        String operation = isDepthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D";
        assertThat(TfliteFile.info(parity.file()).operations())
            .extracting(OperationInfo::name)
            .isEqualTo(isPadded ? List.of("PAD", operation) : List.of(operation));
        model.mode(Mode.FLOAT);
        Path file = model.exportFloat(folder.resolve("float.tflite"));
        for (Kernels kernels : Kernels.values()) {
          try (TfliteInterpreter interpreter = TfliteInterpreter.open(file, kernels)) {
            // Sums of 20 products of numbers around 1, in another order.
            assertThat(interpreter.run(new float[][] {data[0]}))
                .containsExactly(model.predict(data[0])[0], within(1e-5f));
          }
        }
      }
    }
  }

  /** What a layer may have beside its kernel. */
  record Parts(
      boolean bias,
      boolean batchNorm,
      Activation activation,
      WeightQuantization quantization,
      boolean isDepthwise) {
    static Stream<Parts> all() {
      Stream.Builder<Parts> all = Stream.builder();
      for (WeightQuantization quantization :
          new WeightQuantization[] {
            PER_CHANNEL, PER_TENSOR, PER_CHANNEL.fullRange(), PER_TENSOR.fullRange()
          }) {
        for (boolean batchNorm : new boolean[] {false, true}) {
          for (Activation activation : Activation.values()) {
            // Every pair of bias and kind with everything else, not every triple.
            boolean odd = (activation.ordinal() + (batchNorm ? 1 : 0)) % 2 == 1;
            all.add(new Parts(odd, batchNorm, activation, quantization, false));
            all.add(new Parts(!odd, batchNorm, activation, quantization, true));
          }
        }
      }
      return all.build();
    }

    WeightedStep applyTo(WeightedStep layer) {
      WeightedStep result = layer.quantizeKernel(quantization).activation(activation);
      if (bias) {
        result.bias(Initializer.ZEROS);
      }
      return batchNorm ? result.batchNorm(0.99, 0.001) : result;
    }

    ActivationRange range() {
      ActivationRange range = ActivationRange.learned("y", 8);
      return switch (activation) {
        case NONE -> range;
        case RELU -> range.nonNegative();
        case RELU6 -> range.nonNegative().atMost(6);
        case RELU_N1_TO_1 -> range.atMost(1);
      };
    }
  }

  /** Negative and tiny batch-norm factors and a channel of zeros are in all of them. */
  @ParameterizedTest
  @MethodSource("dev.detent.runtime.parity.WeightedLayerParityTest$Parts#all")
  void partsOfConvolutions(Parts parts) {
    int multiplier = parts.batchNorm ? 2 : 1;
    OneLayer layer =
        OneLayer.reading(7, 7, 4)
            .yielding(7, 7, parts.isDepthwise ? 4 * multiplier : 10)
            .outputRange(parts.range());
    holds(
        layer,
        layer.model(
            (n, x) ->
                parts
                    .applyTo(
                        parts.isDepthwise
                            ? n.depthwiseConv2d("y", x).kernel(3, 3, 4, multiplier)
                            : n.conv2d("y", x).kernel(3, 3, 4, 10))
                    .padding(Padding.SAME)));
  }

  @ParameterizedTest
  @MethodSource("dev.detent.runtime.parity.WeightedLayerParityTest$Parts#all")
  void partsOfDenseLayers(Parts parts) {
    // Half of them over the last axis of an image.
    OneLayer layer =
        (parts.isDepthwise
                ? OneLayer.reading(3, 4, 20).yielding(3, 4, 30)
                : OneLayer.reading(20).yielding(30))
            .outputRange(parts.range());
    TinyModel model = layer.model((n, x) -> parts.applyTo(n.fullyConnected("y", x).kernel(20, 30)));
    // Graph and built-in kernel round to 2^-n steps first, n being what shifts the sum to the
    // output's scale, and XNNPACK does not. In a range as narrow as [-1, 1] n is small enough to
    // count, unless the sums are too.
    double deviation = parts.activation == Activation.RELU_N1_TO_1 ? 0.2 : 1;
    int examples = parts.isDepthwise ? EXAMPLES : 200;
    try (Parity parity = Parity.of(model, layer.data(examples, 0, deviation))) {
      parity.holds();
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 1", "-6, 1", "100, 0.5", "0, 1e-3", "0, 1e4", "0.5, 0.2"})
  void inputRanges(double mean, double deviation) {
    OneLayer layer = OneLayer.reading(8, 8, 3).yielding(8, 8, 8);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 3, 8)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL));
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, mean, deviation))) {
      // A range that does not contain 0 is widened to it, so that padding is exact.
      var encoding = parity.encoding(ActivationRange.learned("x", 8));
      assertThat(encoding.dequantize(encoding.zeroPoint())).isZero();
      assertThat(encoding.zeroPoint())
          .isEqualTo(mean > 5 ? -128 : mean < -5 ? 127 : encoding.zeroPoint());
      parity.holds();
    }
  }

  @Test
  void symmetricActivations() {
    OneLayer layer =
        OneLayer.reading(8, 8, 3)
            .yielding(6, 6, 8)
            .inputRange(ActivationRange.learned("x", 8).symmetric())
            .outputRange(ActivationRange.learned("y", 8).symmetric());
    TinyModel model =
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 3, 8)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL)
                    .activation(Activation.RELU));
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 1, 1))) {
      assertThat(parity.encoding(ActivationRange.learned("x", 8)).zeroPoint()).isZero();
      assertThat(parity.encoding(ActivationRange.learned("y", 8)).zeroPoint()).isZero();
      parity.holds();
    }
  }

  /** A ReLU that never opens: the tensor is always 0, and stays it. */
  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "RELU6"})
  void tensorThatIsAlwaysZero(Activation activation) {
    OneLayer layer =
        OneLayer.reading(6, 6, 2)
            .yielding(4, 4, 4)
            .outputRange(ActivationRange.learned("y", 8).nonNegative());
    TinyModel model =
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 2, 4)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL)
                    .activation(activation));
    model.set("y/bias", -1000, -1000, -1000, -1000);
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.isExact(Kernels.BUILT_IN);
      parity.isExact(Kernels.XNNPACK);
    }
  }

  /** An input that was always 0 in calibration. */
  @Test
  void inputThatIsAlwaysZero() {
    OneLayer layer = OneLayer.reading(6, 6, 2).yielding(4, 4, 4);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 2, 4)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(PER_CHANNEL)),
        0);
  }

  /** Biases that are large beside what the kernel makes of the input. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9, 0})
  void kernelsThatAreTinyBesideTheirBias(double size) {
    for (WeightQuantization quantization : new WeightQuantization[] {PER_CHANNEL, PER_TENSOR}) {
      OneLayer layer = OneLayer.reading(6, 6, 3).yielding(4, 4, 5);
      TinyModel model =
          layer.model(
              (n, x) ->
                  n.conv2d("y", x)
                      .kernel(3, 3, 3, 5)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(quantization));
      float[] kernel = model.get("y/kernel");
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] *= (float) size;
      }
      model.set("y/kernel", kernel);
      model.set("y/bias", 3, -2, 1, 0, 0.7f);
      holds(layer, model);
    }
  }

  private static void holds(OneLayer layer, TinyModel model) {
    holds(layer, model, 1);
  }

  private static void holds(OneLayer layer, TinyModel model, double deviation) {
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, deviation))) {
      parity.holds();
    }
  }
}
