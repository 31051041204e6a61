package dev.detent.runtime.tflite;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.write.LayerWeights;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.Random;

/** A convolution, a pooling and a dense layer. */
public final class SmallModel {
  private SmallModel() {}

  /** With a range for each tensor. */
  public static Network network() {
    NetworkBuilder n = new NetworkBuilder();
    Tensor image = n.input("image").output(range("image"), 8, 8, 3);
    Tensor conv =
        n.conv2d("conv", image)
            .kernel(3, 3, 3, 6)
            .padding(Padding.SAME)
            .activation(Activation.RELU)
            .output(range("conv"), 8, 8, 6);
    Tensor pool = n.maxPool2d("pool", conv).output(range("conv"), 4, 4, 6);
    Tensor flat = n.reshape("flat", n.dropout("dropout", pool, 0.1)).output(96);
    Tensor logits = n.fullyConnected("logits", flat).kernel(96, 10).output(range("logits"), 10);
    n.output("logits", logits);
    return n.build();
  }

  /** Only the convolution is quantized. */
  public static Network partlyQuantizedNetwork() {
    NetworkBuilder n = new NetworkBuilder();
    Tensor image = n.input("image").output(8, 8, 3);
    Tensor quantized = n.quantize("image/quantize_conv", image).output(range("image"), 8, 8, 3);
    Tensor conv =
        n.conv2d("conv", quantized)
            .kernel(3, 3, 3, 6)
            .padding(Padding.SAME)
            .output(range("conv"), 8, 8, 6);
    Tensor real = n.dequantize("conv/dequantize", conv).output(8, 8, 6);
    n.output("flat", n.reshape("flat", real).output(384));
    return n.build();
  }

  /** Integers, or the real numbers for which these stand. */
  public static FixedValues values(boolean isQuantized) {
    var values = new FixedValues();
    values.range("image", 1 / 255f, -128);
    values.range("conv", 0.02f, -128);
    values.range("logits", 0.1f, 3);
    values.weights("conv", weights(isQuantized, 1 / 255f, 6, 3, 3, 3, 6));
    values.weights("logits", weights(isQuantized, 0.02f, 10, 96, 10));
    return values;
  }

  private static ActivationRange range(String name) {
    return ActivationRange.learned(name, 8);
  }

  private static LayerWeights weights(
      boolean isQuantized, float inputScale, int channels, int... shape) {
    Random random = new Random(shape.length);
    float[] scales = new float[channels];
    float[] bias = new float[channels];
    for (int i = 0; i < channels; i++) {
      scales[i] = 0.001f + 0.003f * random.nextFloat();
      bias[i] = random.nextInt(2001) - 1000;
    }
    int elements = 1;
    for (int size : shape) {
      elements *= size;
    }
    float[] kernel = new float[elements];
    for (int i = 0; i < elements; i++) {
      kernel[i] = random.nextInt(255) - 127;
    }
    if (isQuantized) {
      return LayerWeights.ofIntegers(kernel, shape, scales, bias, 8);
    }
    for (int i = 0; i < elements; i++) {
      kernel[i] *= scales[i % channels];
    }
    for (int i = 0; i < channels; i++) {
      bias[i] *= inputScale * scales[i];
    }
    return LayerWeights.ofFloats(kernel, shape, bias);
  }
}
