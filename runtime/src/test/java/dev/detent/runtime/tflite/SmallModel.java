package dev.detent.runtime.tflite;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Padding;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.tflite.export.LayerWeights;
import dev.detent.runtime.tflite.export.Plan;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;
import java.util.Random;

/** A convolution, a pooling and a dense layer. */
public final class SmallModel {
  private SmallModel() {}

  /** With a range for each tensor. */
  public static Plan plan() {
    PlanBuilder plan = new PlanBuilder();
    PlanTensor image = plan.input("image", 8, 8, 3).output(range("image"));
    PlanTensor conv =
        plan.conv2d("conv", image)
            .strides(1, 1)
            .dilations(1, 1)
            .padding(Padding.SAME)
            .activation(Activation.RELU)
            .output(range("conv"), 8, 8, 6);
    PlanTensor pool =
        plan.maxPool2d("pool", conv)
            .poolSize(2, 2)
            .strides(2, 2)
            .padding(Padding.VALID)
            .output(range("conv"), 4, 4, 6);
    plan.alias("dropout", pool);
    PlanTensor flat = plan.reshape("flat", plan.tensor("dropout")).output(range("conv"), 96);
    PlanTensor logits = plan.fullyConnected("logits", flat).output(range("logits"), 10);
    plan.output("logits", logits);
    return plan.build();
  }

  /** Only the convolution is quantized. */
  public static Plan partlyQuantizedPlan() {
    PlanBuilder plan = new PlanBuilder();
    PlanTensor image = plan.input("image", 8, 8, 3).output();
    PlanTensor quantized =
        plan.quantize("image/quantize_conv", image).output(range("image"), 8, 8, 3);
    PlanTensor conv =
        plan.conv2d("conv", quantized).padding(Padding.SAME).output(range("conv"), 8, 8, 6);
    PlanTensor real = plan.dequantize("conv/dequantize", conv).output(8, 8, 6);
    PlanTensor flat = plan.reshape("flat", real).output(384);
    plan.output("flat", flat);
    return plan.build();
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
