package dev.detent.runtime;

import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.train.Fit;
import dev.detent.runtime.train.Progress;
import java.util.Locale;
import java.util.Random;

/** Trains what TensorFlow's own kernels can do with oneDNN only, and prints the last loss. */
final class OneDnn {
  private static final int SIZE = 9;
  private static final int CHANNELS = 4;

  private OneDnn() {}

  public static void main(String[] arguments) {
    try (TinyModel model = new TinyModel(OneDnn::network, 1)) {
      var fit = Fit.epochs(2).batchSize(8).progress(Progress.Style.SILENT);
      System.out.printf(Locale.ROOT, "%.9g%n", model.fit(data(), fit).last().training().loss());
    }
  }

  private static void network(NetworkBuilder n) {
    Tensor image = n.input("image").output(SIZE, SIZE, CHANNELS);
    Tensor grouped =
        n.conv2d("grouped", image)
            .kernel(3, 3, CHANNELS / 2, 6)
            .padding(Padding.SAME)
            .bias(Initializer.ZEROS)
            .output(SIZE, SIZE, 6);
    Tensor same =
        n.depthwiseConv2d("same", grouped)
            .kernel(3, 4, 6, 1)
            .strides(2, 1)
            .padding(Padding.SAME)
            .bias(Initializer.ZEROS)
            .output(5, SIZE, 6);
    Tensor valid =
        n.depthwiseConv2d("valid", same)
            .kernel(2, 2, 6, 2)
            .strides(1, 3)
            .padding(Padding.VALID)
            .bias(Initializer.ZEROS)
            .output(4, 3, 12);
    n.output("mean", n.mean("mean", valid).output(12));
  }

  private static Dataset data() {
    Random random = new Random(1);
    float[][] images = new float[64][SIZE * SIZE * CHANNELS];
    float[][] answers = new float[64][12];
    for (int i = 0; i < images.length; i++) {
      for (int k = 0; k < images[i].length; k++) {
        images[i][k] = (float) random.nextGaussian();
        answers[i][k % 12] += images[i][k] / 27;
      }
    }
    return new Dataset(Features.of(images, SIZE, SIZE, CHANNELS), Targets.values(answers));
  }
}
