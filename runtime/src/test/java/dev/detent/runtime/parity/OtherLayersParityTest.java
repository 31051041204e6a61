package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.OperationInfo;
import dev.detent.runtime.tflite.export.ExportOptions;
import dev.detent.runtime.tflite.export.ExportOptions.BorderType;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import dev.detent.runtime.verify.TfliteFile;
import java.util.Random;
import java.util.function.BiFunction;
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
  private int[] outputShape;

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
          unary(
              (g, x) ->
                  (isAverage ? g.averagePool2d("y", x) : g.maxPool2d("y", x))
                      .poolSize(height, width)
                      .strides(strideY, strideX)
                      .padding(padding)
                      .activation(fused)
                      .output(X),
              (p, x) ->
                  (isAverage ? p.averagePool2d("y", x) : p.maxPool2d("y", x))
                      .poolSize(height, width)
                      .strides(strideY, strideX)
                      .padding(padding)
                      .activation(fused)
                      .output(X, outputShape),
              8,
              9,
              6);
      isExact(model, data(1, 4, 8 * 9 * 6));
    }
  }

  @Test
  void movesOfData() {
    TinyModel model =
        unary(
            (g, x) -> g.reshape("y", g.zeroPad2d("padded", x, 1, 0, 2, 3), 5 * 9, 2),
            (p, x) ->
                p.reshape("y", p.pad("padded", x).paddings(1, 0, 2, 3).output(X, 5, 9, 2))
                    .output(X, outputShape),
            4,
            4,
            2);
    isExact(model, data(3, 1, 32));
  }

  /** A dropout is its input in inference, and no operation in the file. */
  @Test
  void dropout() {
    TinyModel model =
        unary(
            (g, x) -> g.reshape("y", g.dropout("dropped", x, 0.5), 8, 4),
            (p, x) -> p.reshape("y", p.alias("dropped", x)).output(X, outputShape),
            4,
            8);
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
        unary(
            (g, x) -> g.softmax("y", x).output(probabilities),
            (p, x) -> p.softmax("y", x).output(probabilities, outputShape),
            classes);
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
    ActivationRange second = ActivationRange.learned("z", 8);
    TinyModel model =
        new TinyModel(
            g ->
                g.output(
                    "y",
                    g.add("y", g.input("x", 200).output(X), g.input("z", 200).output(second))
                        .activation(fused)
                        .output(y)),
            p ->
                p.output(
                    "y",
                    p.add("y", p.input("x", 200).output(X), p.input("z", 200).output(second))
                        .activation(fused)
                        .output(y, 200)),
            1);
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
        unary(
            (g, x) -> {
              LayerTensor a = g.add("first", x, x).output(first);
              LayerTensor b = g.add("second", a, x).activation(Activation.RELU).output(second);
              return g.add("y", b, a).output(Y);
            },
            (p, x) -> {
              PlanTensor a = p.add("first", x, x).output(first, 500);
              PlanTensor b = p.add("second", a, x).activation(Activation.RELU).output(second, 500);
              return p.add("y", b, a).output(Y, 500);
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
        new TinyModel(
                g -> {
                  LayerTensor x = g.input("x", 6, 6, 4).output(Y);
                  LayerTensor[] parts = new LayerTensor[branches];
                  for (int i = 0; i < branches - 2; i++) {
                    parts[i] =
                        g.conv2d("branch" + i, x)
                            .kernel(1 + i, 1 + i, 4, 3)
                            .padding(Padding.SAME)
                            .bias(Initializer.ZEROS)
                            .quantizeKernel(WeightQuantization.perChannel(8))
                            .activation(i == 0 ? Activation.RELU : Activation.NONE)
                            .output(Y);
                  }
                  parts[branches - 2] =
                      g.maxPool2d("pool", x)
                          .poolSize(3, 3)
                          .strides(1, 1)
                          .padding(Padding.SAME)
                          .output(Y);
                  parts[branches - 1] = x;
                  g.output("y", g.concat("y", 3, parts).output(Y));
                },
                p -> {
                  PlanTensor x = p.input("x", 6, 6, 4).output(Y);
                  PlanTensor[] parts = new PlanTensor[branches];
                  for (int i = 0; i < branches - 2; i++) {
                    parts[i] =
                        p.conv2d("branch" + i, x)
                            .padding(Padding.SAME)
                            .activation(i == 0 ? Activation.RELU : Activation.NONE)
                            .output(Y, 6, 6, 3);
                  }
                  parts[branches - 2] =
                      p.maxPool2d("pool", x)
                          .poolSize(3, 3)
                          .strides(1, 1)
                          .padding(Padding.SAME)
                          .output(Y, 6, 6, 4);
                  parts[branches - 1] = x;
                  int channels = 3 * (branches - 2) + 8;
                  p.output("y", p.concatenation("y", 3, parts).output(Y, 6, 6, channels));
                },
                1)
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
        unary(
            (g, x) -> g.maxPool2d("y", x).poolSize(2, 2).output(X),
            (p, x) -> p.maxPool2d("y", x).poolSize(2, 2).output(X, outputShape),
            8,
            8,
            3);
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
                g -> {
                  LayerTensor x = g.input("x", 6, 6, 3).output();
                  LayerTensor y =
                      g.conv2d("conv", g.quantize("x/quantize_conv", x, X))
                          .kernel(3, 3, 3, 5)
                          .bias(Initializer.ZEROS)
                          .quantizeKernel(WeightQuantization.perChannel(8))
                          .output(Y);
                  g.output("y", g.dequantize("y", y));
                },
                p -> {
                  PlanTensor x = p.input("x", 6, 6, 3).output();
                  PlanTensor moved = p.quantize("x/quantize_conv", x).output(X, 6, 6, 3);
                  PlanTensor y = p.conv2d("conv", moved).output(Y, 4, 4, 5);
                  p.output("y", p.dequantize("y", y).output(4, 4, 5));
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
        new TinyModel(
                g -> {
                  LayerTensor x = g.input("x", 40).output(X);
                  LayerTensor dense =
                      g.dense("dense", g.dequantize("x/dequantize", x))
                          .kernel(40, 50)
                          .bias(Initializer.ZEROS)
                          .activation(Activation.RELU)
                          .output();
                  g.output("y", g.quantize("y", dense, Y));
                },
                p -> {
                  PlanTensor x = p.input("x", 40).output(X);
                  PlanTensor dense =
                      p.fullyConnected("dense", p.dequantize("x/dequantize", x).output(40))
                          .activation(Activation.RELU)
                          .output(50);
                  p.output("y", p.quantize("y", dense).output(Y, 50));
                },
                1)
            .shuffled(random);
    try (Parity parity = Parity.of(model, Parity.gaussian(random, 100, 0, 1, 40))) {
      parity.holds();
    }
  }

  // ---------------------------------------------------------------- the models

  /** Of the input "x" in range X and what the functions make of it, called "y". */
  private TinyModel unary(
      BiFunction<GraphBuilder, LayerTensor, LayerTensor> layer,
      BiFunction<PlanBuilder, PlanTensor, PlanTensor> operation,
      int... shape) {
    return new TinyModel(
        g -> {
          LayerTensor y = layer.apply(g, g.input("x", shape).output(X));
          outputShape = y.shape();
          g.output("y", y);
        },
        p -> p.output("y", operation.apply(p, p.input("x", shape).output(X))),
        1);
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
