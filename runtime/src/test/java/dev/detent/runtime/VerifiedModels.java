package dev.detent.runtime;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Examples;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Optimizers;
import dev.detent.runtime.train.Progress;
import java.util.List;
import java.util.Random;

/** Small models to verify. */
final class VerifiedModels {
  private VerifiedModels() {}

  /** The small classifier, trained and quantized. */
  static TinyModel trained(Dataset train) {
    TinyModel model = SmallClassifier.create(1);
    Fit<Examples> fit =
        Fit.epochs(6).optimizer(Optimizers.adam(0.01)).progress(Progress.Style.SILENT);
    model.fit(train, fit);
    model.quantize(train);
    return model;
  }

  static ActivationRange range(String name) {
    return ActivationRange.learned(name, 8);
  }

  static TinyModel dense(String input, String output, int inputs, int units) {
    return new TinyModel(
        n ->
            n.output(
                output,
                n.fullyConnected(output, n.input(input).output(range(input), inputs))
                    .kernel(inputs, units)
                    .bias(Initializer.ZEROS)
                    .quantizeKernel(WeightQuantization.perChannel(8))
                    .output(range(output), units)),
        1);
  }

  static TinyModel twoDense() {
    return new TinyModel(
        n -> {
          var hidden =
              n.fullyConnected("hidden", n.input("x").output(range("x"), 3))
                  .kernel(3, 4)
                  .quantizeKernel(WeightQuantization.perChannel(8))
                  .output(range("hidden"), 4);
          n.output(
              "y",
              n.fullyConnected("y", hidden)
                  .kernel(4, 2)
                  .quantizeKernel(WeightQuantization.perChannel(8))
                  .output(range("y"), 2));
        },
        1);
  }

  /** Two inputs, two outputs: classes and numbers. */
  static TinyModel twoInTwoOut() {
    return new TinyModel(
        n -> {
          var a = n.input("a").output(range("a"), 6);
          var b = n.input("b").output(range("b"), 6);
          var sum = n.add("sum", a, b).activation(Activation.RELU).output(range("sum"), 6);
          n.output(
              "kind",
              n.fullyConnected("kind", sum)
                  .kernel(6, 3)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(WeightQuantization.perChannel(8))
                  .output(range("kind"), 3));
          n.output(
              "size",
              n.fullyConnected("size", sum)
                  .kernel(6, 2)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(WeightQuantization.perChannel(8))
                  .output(range("size"), 2));
        },
        3);
  }

  private record TwoByTwo(int size, List<Features> inputs, List<Targets> targets)
      implements Examples {}

  static Examples twoByTwo(int count) {
    Random random = new Random(4);
    float[][] a = new float[count][6];
    byte[] b = new byte[count * 6];
    float[][] sizes = new float[count][2];
    random.nextBytes(b);
    for (int i = 0; i < count; i++) {
      sizes[i][0] = random.nextFloat();
      sizes[i][1] = random.nextFloat();
      for (int k = 0; k < 6; k++) {
        a[i][k] = (float) random.nextGaussian();
      }
    }
    return new TwoByTwo(
        count,
        List.of(Features.of(a, 6), Features.bytes(b, 6).scaled(1 / 64f, -2)),
        List.of(Targets.classes(random.ints(count, 0, 3).toArray(), 3), Targets.values(sizes, 2)));
  }

  /** Quantized convolution, float dense layer behind it. */
  static TinyModel partlyQuantized() {
    ActivationRange image = range("image/quantize");
    ActivationRange conv = range("conv").nonNegative();
    return new TinyModel(
        n -> {
          var quantized =
              n.quantize("image/quantize", n.input("image").output(6, 6, 1)).output(image, 6, 6, 1);
          var x =
              n.conv2d("conv", quantized)
                  .kernel(3, 3, 1, 8)
                  .padding(Padding.SAME)
                  .bias(Initializer.ZEROS)
                  .quantizeKernel(WeightQuantization.perChannel(8))
                  .activation(Activation.RELU)
                  .output(conv, 6, 6, 8);
          var real = n.dequantize("conv/dequantize", x).output(6, 6, 8);
          var flat = n.reshape("flat", real).output(288);
          n.output(
              "logits",
              n.fullyConnected("logits", flat).kernel(288, 4).bias(Initializer.ZEROS).output(4));
        },
        1);
  }
}
