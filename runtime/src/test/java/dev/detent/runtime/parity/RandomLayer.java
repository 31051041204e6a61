package dev.detent.runtime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.internal.graph.Variables;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.network.WeightedStep;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.Kernels;
import dev.detent.runtime.tflite.TfliteModelInfo;
import dev.detent.runtime.verify.TfliteFile;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * What random layers with weights have beside their shapes, and how they are judged.
 *
 * @param seed of weights and data
 * @param activation fused into the layer
 * @param hasBias whether there is a bias
 * @param hasBatchNorm whether a batch norm is folded in
 * @param isPerChannel whether each output channel has a scale
 * @param mean of the input
 * @param deviation of the input
 */
record RandomLayer(
    long seed,
    Activation activation,
    boolean hasBias,
    boolean hasBatchNorm,
    boolean isPerChannel,
    double mean,
    double deviation) {

  /** Enough for a share of 1% to be seen. */
  private static final int VALUES = 4_000;

  /**
   * Sums of fewer products take so few values that one of them near a tie, which XNNPACK rounds
   * once and the graph and the built-in kernels twice, can be a large part of all.
   */
  private static final int MANY = 8;

  WeightedStep of(WeightedStep layer) {
    layer
        .quantizeKernel(
            isPerChannel ? WeightQuantization.perChannel(8) : WeightQuantization.perTensor(8))
        .activation(activation);
    if (hasBias) {
      layer.bias(Initializer.ZEROS);
    }
    return hasBatchNorm ? layer.batchNorm(0.99, 0.001) : layer;
  }

  ActivationRange outputRange() {
    ActivationRange range = ActivationRange.learned("y", 8);
    return switch (activation) {
      case NONE -> range;
      case RELU -> range.nonNegative();
      case RELU6 -> range.nonNegative().atMost(6);
      case RELU_N1_TO_1 -> range.atMost(1);
    };
  }

  /**
   * That the model, weights drawn, agrees with both sets of kernels.
   *
   * @param step what the layer has in its shapes
   */
  void holds(int fanIn, OneLayer layer, BiFunction<NetworkBuilder, Tensor, WeightedStep> step) {
    TinyModel model = layer.outputRange(outputRange()).model((n, x) -> of(step.apply(n, x)));
    draw(model);
    float[][] data = layer.data(2 + 2 * (VALUES / 2 / layer.outputs()), mean, deviation);
    try (Parity parity = Parity.of(model, data)) {
      check(parity, Kernels.BUILT_IN, 1 - Parity.SHARE);
      check(parity, Kernels.XNNPACK, fanIn < MANY ? 1 : ofTwoRoundings(parity));
    }
  }

  /**
   * The share of unequal values in a sample of {@code n} has the deviation {@code sqrt(p (1 - p) /
   * n)}; five of them and one value are left to chance.
   */
  private static void check(Parity parity, Kernels kernels, double p) {
    parity
        .agreements(kernels)
        .forEach(
            (output, agreement) -> {
              double n = agreement.values();
              String what = output + " on " + kernels + ": " + agreement + ", share " + p;
              assertThat(agreement.largest()).as(what).isLessThanOrEqualTo(1);
              assertThat((double) agreement.different())
                  .as(what)
                  .isLessThanOrEqualTo(p * n + 5 * Math.sqrt(p * (1 - p) * n) + 1);
            });
  }

  /**
   * The share in which XNNPACK differs, as it rounds once. The graph and the built-in kernels hold
   * the multiplier {@code input scale * kernel scale / output scale} as {@code f * 2^-shift}, f in
   * [0.5, 1), and round to {@code 2^-shift} steps first, half up: what then is a tie, and was below
   * one, is another step. That is a share of {@code 2^-(shift + 1)} of all values: 1% and less for
   * multipliers below 1/64, as nearly all layers of trained networks have, and more for a single
   * layer of few inputs as here.
   */
  private double ofTwoRoundings(Parity parity) {
    TfliteModelInfo info = TfliteFile.info(parity.file());
    float input = parity.encoding(ActivationRange.learned("x", 8)).scale();
    float output = parity.encoding(outputRange()).scale();
    double largest = 0;
    for (float scale : info.tensor("y/kernel").orElseThrow().scales()) {
      largest = Math.max(largest, (double) input * scale / output);
    }
    double share = Math.scalb(0.5, Math.getExponent(largest) + 1);
    return Math.min(1, Math.max(1 - Parity.SHARE, share));
  }

  /**
   * Weights of all sizes, and batch norms of which some are negative. None are so small that a
   * channel is the same everywhere: it would be one value many times over.
   */
  void draw(TinyModel model) {
    Random random = new Random(seed);
    for (Variables.Variable variable : model.variables().all()) {
      String name = variable.name();
      float[] values = model.variables().read(variable);
      for (int i = 0; i < values.length; i++) {
        if (name.endsWith("/kernel")) {
          values[i] = (float) random.nextGaussian() * (0.1f + 0.4f * (i % 3));
        } else if (name.endsWith("/moving_variance")) {
          values[i] = 0.5f + random.nextFloat();
        } else if (name.endsWith("/gamma")) {
          values[i] = (random.nextBoolean() ? -1 : 1) * (0.4f + random.nextFloat());
        } else if (variable.role() != Variables.Role.RANGE) {
          values[i] = (float) random.nextGaussian() * 0.5f;
        }
      }
      model.variables().write(variable, values);
    }
  }
}
