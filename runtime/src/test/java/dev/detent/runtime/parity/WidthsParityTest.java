package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.UnaryKind;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.LearnedStep;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.ExportOptions;
import dev.detent.runtime.tflite.ExportOptions.BorderType;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.TfliteException;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Activations of 16 bits, weights of 4, weights alone: graph against interpreter, on both sets of
 * kernels. XNNPACK takes no operations of 16 bits and leaves them to the built-in kernels.
 */
class WidthsParityTest {
  private static final int EXAMPLES = 20;
  private static final ActivationRange X = ActivationRange.learned("x", 16).symmetric();
  private static final ActivationRange Y = ActivationRange.learned("y", 16).symmetric();

  @TempDir private Path folder;
  private final Random random = new Random(77);

  // ---------------------------------------------------------------- 16-bit activations

  private static OneLayer wide(int... shape) {
    return OneLayer.reading(shape).inputRange(X).outputRange(Y);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void convolution16(Activation activation) {
    for (WeightQuantization weights :
        new WeightQuantization[] {
          WeightQuantization.perChannel(8), WeightQuantization.perTensor(8)
        }) {
      OneLayer layer = wide(9, 8, 5).yielding(5, 8, 7);
      if (activation == Activation.RELU || activation == Activation.RELU6) {
        layer.outputRange(Y.nonNegative());
      }
      holds(
          layer,
          layer.model(
              (n, x) ->
                  n.conv2d("y", x)
                      .kernel(3, 3, 5, 7)
                      .strides(2, 1)
                      .padding(Padding.SAME)
                      .bias(Initializer.ZEROS)
                      .quantizeKernel(weights)
                      .batchNorm(0.9, 0.001)
                      .activation(activation)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void depthwiseConvolution16(int multiplier) {
    OneLayer layer = wide(9, 8, 5).yielding(9, 8, 5 * multiplier);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.depthwiseConv2d("y", x)
                    .kernel(3, 3, 5, multiplier)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perChannel(8))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dense16(boolean isPerChannel) {
    OneLayer layer = wide(40).yielding(30);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.fullyConnected("y", x)
                    .kernel(40, 30)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(
                        isPerChannel
                            ? WeightQuantization.perChannel(8)
                            : WeightQuantization.perTensor(8))));
  }

  @ParameterizedTest
  @CsvSource({"1, NONE", "0.1, RELU", "7, NONE"})
  void addition16(double size, Activation fused) {
    ActivationRange second = ActivationRange.learned("z", 16).symmetric();
    ActivationRange y = fused == Activation.NONE ? Y : Y.nonNegative();
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor a = n.input("x").output(X, 60);
              Tensor b = n.input("z").output(second, 60);
              n.output("y", n.add("y", a, b).activation(fused).output(y, 60));
            },
            1);
    try (Parity parity = Parity.of(model, data(0, 1, 60), data(0, size, 60))) {
      parity.holds();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pools16(boolean isAverage) {
    holds(
        OneOperation.of(
            X,
            (n, x) ->
                (isAverage ? n.averagePool2d("y", x) : n.maxPool2d("y", x))
                    .poolSize(3, 2)
                    .strides(2, 2)
                    .padding(Padding.SAME)
                    .output(X, 4, 5, 6),
            8,
            9,
            6),
        8 * 9 * 6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mean16(boolean keepDims) {
    holds(
        OneOperation.of(
            X, (n, x) -> OneOperation.reduced(n.mean("y", x), x, keepDims, Y, 1, 2), 7, 8, 6),
        7 * 8 * 6);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, true", "3, false"})
  void meanOverOneAxis16(int axis, boolean keepDims) {
    holds(
        OneOperation.of(
            X, (n, x) -> OneOperation.reduced(n.mean("y", x), x, keepDims, Y, axis), 7, 8, 6),
        7 * 8 * 6);
  }

  @Test
  void movesOfData16() {
    holds(
        OneOperation.of(
            X,
            (n, x) ->
                n.reshape("y", n.zeroPad2d("padded", x, 1, 0, 2, 3).output(5, 9, 2))
                    .output(5 * 9, 2),
            4,
            4,
            2),
        32);
  }

  @Test
  void concatenation16() {
    holds(
        OneOperation.of(
            X,
            (n, x) -> n.concatenation("y", 1, x, n.reshape("same", x).output(30)).output(X, 60),
            30),
        30);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void relu16(boolean isRelu6) {
    ActivationRange y = isRelu6 ? Y.nonNegative().atMost(6) : Y.nonNegative();
    holds(
        OneOperation.of(
            X,
            (n, x) ->
                (isRelu6 ? n.unary("y", UnaryKind.RELU6, x) : n.unary("y", UnaryKind.RELU, x))
                    .output(y, 30),
            30),
        30);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void softmax16(int classes) {
    ActivationRange probabilities = ActivationRange.fixed("y", 16, 1.0 / 32768, 0);
    holds(
        OneOperation.of(X, (n, x) -> n.softmax("y", x).output(probabilities, classes), classes),
        classes);
  }

  @Test
  void floatBorders16() {
    OneLayer layer = wide(20).yielding(10);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.fullyConnected("y", x)
                    .kernel(20, 10)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perChannel(8)));
    ExportOptions floats =
        ExportOptions.int8().inputs(BorderType.FLOAT32).outputs(BorderType.FLOAT32);
    try (Parity parity = Parity.of(model, floats, layer.data(EXAMPLES, 0, 1))) {
      parity.holds();
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly("QUANTIZE", "FULLY_CONNECTED", "DEQUANTIZE");
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::version)
          .containsExactly(2, 7, 3);
      assertMinimumRuntime(parity, "2.3.0");
      assertThatThrownBy(
              () ->
                  model.export(folder.resolve("x"), ExportOptions.int8().inputs(BorderType.UINT8)))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("'x' has 16 bits");
    }
  }

  /** Sixteen bits in the middle of eight: a QUANTIZE on either side. */
  @Test
  void widthsMeetInQuantize() {
    ActivationRange narrow = ActivationRange.learned("n", 8);
    ActivationRange last = ActivationRange.learned("last", 8);
    TinyModel model =
        new TinyModel(
            n -> {
              Tensor wide = n.quantize("w", n.input("n").output(narrow, 30)).output(X, 30);
              Tensor sum = n.add("y", wide, wide).output(Y, 30);
              n.output("last", n.quantize("last", sum).output(last, 30));
            },
            1);
    holds(model, 30);
  }

  // ---------------------------------------------------------------- 4-bit weights

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void convolution4(boolean isPerChannel) {
    WeightQuantization weights =
        isPerChannel ? WeightQuantization.perChannel(4) : WeightQuantization.perTensor(4);
    OneLayer layer = OneLayer.reading(9, 8, 5).yielding(9, 8, 7);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 5, 7)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(weights)
                    .batchNorm(0.9, 0.001)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void depthwiseConvolution4(boolean isPerChannel) {
    WeightQuantization weights =
        isPerChannel
            ? WeightQuantization.perChannel(4)
            : WeightQuantization.perTensor(4).fullRange();
    OneLayer layer = OneLayer.reading(9, 8, 5).yielding(9, 8, 5);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.depthwiseConv2d("y", x)
                    .kernel(3, 3, 5, 1)
                    .padding(Padding.SAME)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(weights)));
  }

  /** Two weights in a byte, and the versions that have such kernels. */
  @Test
  void fileOfFourBitWeights() {
    OneLayer layer = OneLayer.reading(8, 8, 16).yielding(6, 6, 64);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.conv2d("y", x)
                    .kernel(3, 3, 16, 64)
                    .quantizeKernel(WeightQuantization.perChannel(4)));
    try (Parity parity = Parity.of(model, layer.data(2, 0, 1))) {
      TfliteModelInfo info = TfliteFile.info(parity.file());
      assertThat(info.operations()).extracting(OperationInfo::version).containsExactly(7);
      // 9,216 weights in half as many bytes, 64 scales, zero points and biases, and the rest.
      assertThat(info.bytes()).isBetween(4608, 4608 + 64 * (4 + 8 + 4 + 4) + 2048);
      assertMinimumRuntime(parity, "2.11.0");
    }
  }

  private static void assertMinimumRuntime(Parity parity, String version) {
    try {
      String bytes = new String(Files.readAllBytes(parity.file()), StandardCharsets.ISO_8859_1);
      // The metadata's buffer has 16 bytes, filled up with zeros.
      assertThat(bytes).contains(version + "\0".repeat(16 - version.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An odd number of weights, so that the last byte is half full. */
  @ParameterizedTest
  @CsvSource({"40, 30", "7, 5"})
  void dense4(int inputs, int units) {
    OneLayer layer = OneLayer.reading(inputs).yielding(units);
    holds(
        layer,
        layer.model(
            (n, x) ->
                n.fullyConnected("y", x)
                    .kernel(inputs, units)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perTensor(4))));
  }

  // ---------------------------------------------------------------- weights alone

  /** Real numbers in between: the file's results differ by float rounding only. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void weightsAlone(boolean isPerChannel) {
    WeightQuantization weights =
        isPerChannel ? WeightQuantization.perChannel(8) : WeightQuantization.perTensor(8);
    ActivationRange last = ActivationRange.learned("last", 8);
    TinyModel model =
        new TinyModel(
                n -> {
                  Tensor x = n.input("x").output(6, 6, 3);
                  Tensor conv =
                      n.conv2d("conv", x)
                          .kernel(3, 3, 3, 4)
                          .bias(Initializer.ZEROS)
                          .quantizeKernel(weights)
                          .batchNorm(0.9, 0.001)
                          .activation(Activation.RELU)
                          .output(4, 4, 4);
                  Tensor deep =
                      n.depthwiseConv2d("deep", conv)
                          .kernel(3, 3, 4, 1)
                          .bias(Initializer.ZEROS)
                          .quantizeKernel(weights)
                          .output(2, 2, 4);
                  Tensor dense =
                      n.fullyConnected("dense", n.reshape("flat", deep).output(16))
                          .kernel(16, 5)
                          .bias(Initializer.ZEROS)
                          .quantizeKernel(weights)
                          .output(5);
                  n.output("last", n.quantize("last", dense).output(last, 5));
                },
                3)
            .shuffled(new Random(8));
    try (Parity parity = Parity.of(model, data(0, 1, 6 * 6 * 3))) {
      parity.holds();
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::name)
          .containsExactly(
              "DEQUANTIZE",
              "CONV_2D",
              "DEQUANTIZE",
              "DEPTHWISE_CONV_2D",
              "RESHAPE",
              "DEQUANTIZE",
              "FULLY_CONNECTED",
              "QUANTIZE");
      int dequantize = isPerChannel ? 5 : 2;
      assertThat(TfliteFile.info(parity.file()).operations())
          .extracting(OperationInfo::version)
          .containsExactly(dequantize, 1, dequantize, 1, 1, dequantize, 1, 1);
      assertMinimumRuntime(parity, isPerChannel ? "2.7.0" : "1.14.0");
    }
  }

  // ---------------------------------------------------------------- what cannot be deployed

  @Test
  void widthsThatTfliteDoesNotTakeAreAllNamed() {
    ActivationRange five = ActivationRange.learned("x", 5);
    ActivationRange asymmetric = ActivationRange.learned("y", 16);
    TinyModel model =
        OneOperation.of(
            five,
            (n, x) ->
                n.fullyConnected("y", x)
                    .kernel(4, 3)
                    .quantizeKernel(WeightQuantization.perChannel(3).quantizer(LearnedStep::new))
                    .output(asymmetric, 3),
            4);
    try (model) {
      model.quantize(Parity.examples(model, java.util.List.<float[][]>of(data(0, 1, 4))));
      assertThat(model.predict(new float[] {1, 2, 3, 4})[0]).hasSize(3);
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("'x' has 5 bits; 8 and 16 can be deployed")
          .hasMessageContaining("'y' has 16 bits and a zero point")
          .hasMessageContaining("FULLY_CONNECTED 'y' has weights of 3 bits and activations of 5")
          .hasMessageContaining("FULLY_CONNECTED 'y' has activations of [5, 16] bits");
      model.exportFloat(folder.resolve("float.tflite"));
    }
  }

  @Test
  void denseWeightsOfFourBitsPerChannelAreRefused() {
    OneLayer layer = OneLayer.reading(4).yielding(3);
    TinyModel model =
        layer.model(
            (n, x) ->
                n.fullyConnected("y", x)
                    .kernel(4, 3)
                    .quantizeKernel(WeightQuantization.perChannel(4)));
    assertThatThrownBy(() -> Parity.of(model, layer.data(EXAMPLES, 0, 1)))
        .hasMessageContaining("4 bits with a scale for each channel");
    model.close();
  }

  /** No kernel of 16 bits, or one that was never compared: trained, but not exported. */
  @Test
  void operationsOfSixteenBitsThatWereNotComparedAreNamed() {
    TinyModel model =
        OneOperation.of(
            X,
            (n, x) -> {
              Tensor tanh = n.unary("tanh", UnaryKind.TANH, x).output(Y, 4, 4, 6);
              Tensor up =
                  n.transposeConv("up", tanh)
                      .kernel(2, 2, 6, 6)
                      .quantizeKernel(WeightQuantization.perChannel(8))
                      .output(Y, 5, 5, 6);
              Tensor grouped =
                  n.conv2d("grouped", up)
                      .kernel(1, 1, 3, 6)
                      .quantizeKernel(WeightQuantization.perChannel(8))
                      .output(Y, 5, 5, 6);
              Tensor shares = n.softmax("shares", grouped, 2).output(Y, 5, 5, 6);
              return n.addConstant("y", shares, 3).output(Y, 5, 5, 6);
            },
            4,
            4,
            6);
    try (model) {
      float[][] data = data(0, 1, 4 * 4 * 6);
      model.quantize(Parity.examples(model, java.util.List.<float[][]>of(data)));
      assertThat(model.predict(data[0])[0]).hasSize(5 * 5 * 6);
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("TANH 'tanh' has activations of 16 bits; this operation")
          .hasMessageContaining("TRANSPOSE_CONV 'up' has activations of 16 bits; this operation")
          .hasMessageContaining("CONV_2D 'grouped' has activations of 16 bits and groups")
          .hasMessageContaining("SOFTMAX 'shares' has activations of 16 bits and a beta of 2.0")
          .hasMessageContaining("ADD 'y' has activations of 16 bits and a number");
    }
  }

  @Test
  void weightsOfFourBitsThatWereNotComparedAreNamed() {
    ActivationRange narrow = ActivationRange.learned("n", 8);
    TinyModel model =
        OneOperation.of(
            narrow,
            (n, x) -> {
              Tensor up =
                  n.transposeConv("up", x)
                      .kernel(2, 2, 6, 6)
                      .quantizeKernel(WeightQuantization.perChannel(4))
                      .output(narrow, 5, 5, 6);
              Tensor grouped =
                  n.conv2d("grouped", up)
                      .kernel(1, 1, 3, 6)
                      .quantizeKernel(WeightQuantization.perChannel(4))
                      .output(narrow, 5, 5, 6);
              return n.prelu("y", grouped).alpha(1, 1, 6).quantizeAlpha(4).output(narrow, 5, 5, 6);
            },
            4,
            4,
            6);
    try (model) {
      model.quantize(Parity.examples(model, java.util.List.<float[][]>of(data(0, 1, 4 * 4 * 6))));
      assertThatThrownBy(() -> model.exportInt8(folder.resolve("x.tflite")))
          .isInstanceOf(TfliteException.class)
          .hasMessageContaining("TRANSPOSE_CONV 'up' has weights of 4 bits")
          .hasMessageContaining("CONV_2D 'grouped' has weights of 4 bits and groups")
          .hasMessageContaining("PRELU 'y' has an alpha of 4 bits");
    }
  }

  // ---------------------------------------------------------------- models

  private float[][] data(double mean, double deviation, int size) {
    return Parity.gaussian(random, EXAMPLES, mean, deviation, size);
  }

  private void holds(TinyModel model, int size) {
    try (Parity parity = Parity.of(model, data(0.2, 2, size))) {
      parity.holds();
    }
  }

  private static void holds(OneLayer layer, TinyModel model) {
    try (Parity parity = Parity.of(model, layer.data(EXAMPLES, 0, 1))) {
      parity.holds();
    }
  }
}
