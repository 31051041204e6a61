package dev.detent.examples.bench;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The layers of the networks of {@link dev.detent.examples.cifar}, by hand. */
enum HandWrittenNetwork {
  /** {@link dev.detent.examples.cifar.ResNet8}. */
  RESNET8(10, 32) {
    @Override
    Operand<TFloat32> logits(HandWrittenLayers layers, Operand<TFloat32> pixels) {
      var x = layers.relu(layers.batchNorm(layers.convolution(pixels, 16, 3, 1)));
      x = stage(layers, x, 16, 1);
      x = stage(layers, x, 32, 2);
      x = stage(layers, x, 64, 2);
      return layers.dense(layers.averagePool(x), classes());
    }

    private Operand<TFloat32> stage(
        HandWrittenLayers layers, Operand<TFloat32> x, int filters, int stride) {
      var y = layers.relu(layers.batchNorm(layers.convolution(x, filters, 3, stride)));
      y = layers.batchNorm(layers.convolution(y, filters, 3, 1));
      var shortcut = stride == 1 ? x : layers.bias(layers.convolution(x, filters, 1, stride));
      return layers.relu(layers.add(shortcut, y));
    }
  },

  /** {@link dev.detent.examples.cifar.MobileNetV1}. */
  MOBILENET_V1(2, 96) {
    @Override
    Operand<TFloat32> logits(HandWrittenLayers layers, Operand<TFloat32> pixels) {
      var x = layers.relu(layers.batchNorm(layers.convolution(pixels, 8, 3, 2)));
      int[] filters = {16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256};
      int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
      for (int i = 0; i < filters.length; i++) {
        x = layers.relu(layers.batchNorm(layers.depthwise(x, 3, strides[i])));
        x = layers.relu(layers.batchNorm(layers.convolution(x, filters[i], 1, 1)));
      }
      return layers.dense(layers.averagePool(x), classes());
    }
  };

  private final int classes;
  private final int size;

  HandWrittenNetwork(int classes, int size) {
    this.classes = classes;
    this.size = size;
  }

  /** How many classes it tells apart. */
  int classes() {
    return classes;
  }

  /** Height and width of its images, which have 3 channels. */
  int size() {
    return size;
  }

  /**
   * Builds it.
   *
   * @param pixels {@code [batch, size, size, 3]}, 0 to 255
   * @return {@code [batch, classes]}
   */
  abstract Operand<TFloat32> logits(HandWrittenLayers layers, Operand<TFloat32> pixels);
}
