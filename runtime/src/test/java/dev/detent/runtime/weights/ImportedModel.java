package dev.detent.runtime.weights;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.TinyModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.data.Features;
import dev.detent.runtime.data.Targets;
import dev.detent.runtime.internal.graph.Variables.Role;
import dev.detent.runtime.internal.graph.Variables.Variable;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small network with what makes importing hard: batch norms, a layer without bias, a depthwise
 * kernel, a shortcut, and two convolutions and batch norms of the same shapes.
 */
final class ImportedModel {
  /** The layers in Keras's words, in the order in which Keras lists them: the shortcut late. */
  static final List<String> KERAS_LAYERS =
      List.of(
          "conv2d",
          "batch_normalization",
          "conv2d_1",
          "batch_normalization_1",
          "depthwise_conv2d",
          "batch_normalization_2",
          "conv2d_2",
          "dense");

  /** The layer of the model for each of {@link #KERAS_LAYERS}. */
  static final List<String> LAYERS =
      List.of("conv1", "conv1", "conv2", "conv2", "wide", "wide", "shortcut", "logits");

  private ImportedModel() {}

  /** A fresh one. */
  static TinyModel create(long seed) {
    return new TinyModel(ImportedModel::network, seed);
  }

  /** One whose every weight and statistic is unlike any fresh one's. */
  static TinyModel trained(long seed) {
    return create(seed).shuffled(new Random(seed));
  }

  private static void network(NetworkBuilder n) {
    Tensor image = n.input("image").output(ActivationRange.learned("image", 8), 6, 6, 3);
    Tensor shortcut =
        n.conv2d("shortcut", image)
            .kernel(1, 1, 3, 3)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .output(ActivationRange.learned("shortcut", 8), 6, 6, 3);
    Tensor x = image;
    for (String name : List.of("conv1", "conv2")) {
      x =
          n.conv2d(name, x)
              .kernel(3, 3, 3, 3)
              .padding(Padding.SAME)
              .bias(Initializer.ZEROS)
              .quantizeKernel(WeightQuantization.perChannel(8))
              .batchNorm(0.99, 0.001)
              .activation(Activation.RELU)
              .output(ActivationRange.learned(name, 8).nonNegative(), 6, 6, 3);
    }
    Tensor wide =
        n.depthwiseConv2d("wide", x)
            .kernel(3, 3, 3, 1)
            .padding(Padding.SAME)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .batchNorm(0.99, 0.001)
            .output(ActivationRange.learned("wide", 8), 6, 6, 3);
    Tensor sum = n.add("sum", wide, shortcut).output(ActivationRange.learned("sum", 8), 6, 6, 3);
    Tensor flat = n.reshape("flat", sum).output(108);
    Tensor logits =
        n.fullyConnected("logits", flat)
            .kernel(108, 4)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .output(ActivationRange.learned("logits", 8), 4);
    n.output("logits", logits);
  }

  /** Some images. */
  static Dataset images(int count) {
    byte[] pixels = new byte[count * 108];
    new Random(5).nextBytes(pixels);
    return new Dataset(Features.bytes(pixels, 6, 6, 3), Targets.classes(new int[count], 4));
  }

  static float[] image(int seed) {
    Random random = new Random(seed);
    float[] image = new float[108];
    for (int i = 0; i < image.length; i++) {
      image[i] = 255 * random.nextFloat();
    }
    return image;
  }

  /** The arrays of one of {@link #KERAS_LAYERS}, in Keras's order, by part. */
  static Map<String, Variable> partsOf(TinyModel model, int kerasLayer) {
    boolean isBatchNorm = KERAS_LAYERS.get(kerasLayer).startsWith("batch");
    Map<String, Variable> parts = new LinkedHashMap<>();
    for (String part :
        isBatchNorm ? PartNames.BATCH_NORM : List.of(PartNames.KERNEL, PartNames.BIAS)) {
      Variable variable = model.variables().find(LAYERS.get(kerasLayer) + "/" + part);
      if (variable != null) {
        parts.put(part, variable);
      }
    }
    return parts;
  }

  /** All weights and statistics. */
  static Map<String, List<Float>> weights(TinyModel model) {
    Map<String, List<Float>> weights = new LinkedHashMap<>();
    for (Variable variable : model.variables().all()) {
      if (variable.role() == Role.TRAINABLE || variable.role() == Role.STATISTIC) {
        weights.put(variable.name(), floats(model.get(variable.name())));
      }
    }
    return weights;
  }

  private static List<Float> floats(float[] values) {
    List<Float> list = new java.util.ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
