package dev.detent.runtime;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A model with one of everything that training treats in its own way, and data to learn. */
public final class SmallClassifier {
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).nonNegative();
  private static final ActivationRange MEAN = ActivationRange.learned("mean", 8).nonNegative();
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  /** How many classes the data have. */
  public static final int CLASSES = 4;

  private static final int SIZE = 6;

  private SmallClassifier() {}

  /** Convolution with bias and batch norm, depthwise convolution, mean, dropout and dense layer. */
  public static TinyModel create(long seed) {
    return create(seed, UnaryOperator.identity(), WeightQuantization.perChannel(8));
  }

  /** The same with other ranges and weights. */
  public static TinyModel create(
      long seed, UnaryOperator<ActivationRange> ranges, WeightQuantization weights) {
    return new TinyModel(n -> network(n, ranges, weights), seed);
  }

  private static void network(
      NetworkBuilder n, UnaryOperator<ActivationRange> ranges, WeightQuantization weights) {
    Tensor image = n.input("image").output(ranges.apply(IMAGE), SIZE, SIZE, 1);
    Tensor conv =
        n.conv2d("conv", image)
            .kernel(3, 3, 1, 8)
            .padding(Padding.SAME)
            .bias(Initializer.ZEROS)
            .kernelL2(1e-3)
            .quantizeKernel(weights)
            .batchNorm(0.9, 0.001)
            .activation(Activation.RELU)
            .output(ranges.apply(CONV), SIZE, SIZE, 8);
    Tensor mean = n.mean("mean", conv).output(ranges.apply(MEAN), 8);
    Tensor dropped = n.dropout("dropped", mean, 0.1);
    Tensor logits =
        n.fullyConnected("logits", dropped)
            .kernel(8, CLASSES)
            .bias(Initializer.ZEROS)
            .quantizeKernel(weights)
            .output(ranges.apply(LOGITS), CLASSES);
    n.output("logits", logits);
  }

  /** Stripes across, stripes down, a checkerboard or nothing, in noise. */
  public static Dataset data(int count, long seed) {
    Random random = new Random(seed);
    float[][] images = new float[count][SIZE * SIZE];
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = random.nextInt(CLASSES);
      for (int k = 0; k < SIZE * SIZE; k++) {
        int y = k / SIZE;
        int x = k % SIZE;
        int value =
            switch (classes[i]) {
              case 0 -> y % 2;
              case 1 -> x % 2;
              case 2 -> (x + y) % 2;
              default -> 0;
            };
        images[i][k] = value + (float) random.nextGaussian() * 0.3f;
      }
    }
    return new Dataset(Features.of(images, SIZE, SIZE, 1), Targets.classes(classes, CLASSES));
  }
}
