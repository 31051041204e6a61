package dev.detent.runtime;

import dev.detent.annotations.Activation;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Padding;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.graph.GraphBuilder;
import dev.detent.runtime.graph.LayerTensor;
import dev.detent.runtime.quantizer.ActivationRange;
import dev.detent.runtime.quantizer.WeightQuantization;
import dev.detent.runtime.tflite.export.PlanBuilder;
import dev.detent.runtime.tflite.export.PlanTensor;

/** What the processor generates, by hand: this module's tests cannot use the processor. */
final class HandWrittenModel extends DetentModel<Dataset> {
  private static final ActivationRange IMAGE = ActivationRange.learned("image", 8);
  private static final ActivationRange CONV = ActivationRange.learned("conv", 8).nonNegative();
  private static final ActivationRange WIDE = ActivationRange.learned("wide", 8).nonNegative();
  private static final ActivationRange LOGITS = ActivationRange.learned("logits", 8);

  private static final ModelSpec SPEC =
      ModelSpec.builder("HandWritten")
          .input("image", 28, 28, 1)
          .layer("conv", "Conv2D + BatchNorm + Relu", 168, 73_008, 26, 26, 12)
          .layer("pool", "MaxPool2D", 0, 0, 13, 13, 12)
          .layer("wide", "DepthwiseConv2D + BatchNorm + Relu", 168, 1, 7, 7, 12)
          .layer("small", "AveragePool2D", 0, 0, 3, 3, 12)
          .layer("flat", "Flatten", 0, 0, 108)
          .layer("logits", "Dense", 1_090, 1_080, 10)
          .output("logits", 10)
          .build();

  HandWrittenModel(long seed) {
    super(SPEC, seed);
  }

  @Override
  protected void graph(GraphBuilder g) {
    LayerTensor image = g.input("image", 28, 28, 1).output(IMAGE);
    LayerTensor conv =
        g.conv2d("conv", image)
            .kernel(3, 3, 1, 12)
            .strides(1, 1)
            .dilations(1, 1)
            .padding(Padding.VALID)
            .kernelInitializer(Initializer.GLOROT_UNIFORM)
            .bias(Initializer.ZEROS)
            .kernelL2(1e-4)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .batchNorm(0.99, 0.001)
            .activation(Activation.RELU)
            .output(CONV);
    LayerTensor pool =
        g.maxPool2d("pool", conv).poolSize(2, 2).strides(2, 2).padding(Padding.VALID).output(CONV);
    LayerTensor wide =
        g.depthwiseConv2d("wide", pool)
            .kernel(3, 3, 12, 1)
            .strides(2, 2)
            .dilations(1, 1)
            .padding(Padding.SAME)
            .kernelInitializer(Initializer.GLOROT_UNIFORM)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .batchNorm(0.99, 0.001)
            .activation(Activation.RELU)
            .output(WIDE);
    LayerTensor small =
        g.averagePool2d("small", wide)
            .poolSize(2, 2)
            .strides(2, 2)
            .padding(Padding.VALID)
            .output(WIDE);
    LayerTensor flat = g.reshape("flat", small, 108);
    LayerTensor dropped = g.dropout("dropped", flat, 0.1);
    LayerTensor logits =
        g.dense("logits", dropped)
            .kernel(108, 10)
            .kernelInitializer(Initializer.GLOROT_UNIFORM)
            .bias(Initializer.ZEROS)
            .quantizeKernel(WeightQuantization.perChannel(8))
            .output(LOGITS);
    g.output("logits", logits);
  }

  @Override
  protected void plan(PlanBuilder p) {
    PlanTensor image = p.input("image", 28, 28, 1).output(IMAGE);
    PlanTensor conv =
        p.conv2d("conv", image)
            .strides(1, 1)
            .dilations(1, 1)
            .padding(Padding.VALID)
            .activation(Activation.RELU)
            .output(CONV, 26, 26, 12);
    PlanTensor pool =
        p.maxPool2d("pool", conv)
            .poolSize(2, 2)
            .strides(2, 2)
            .padding(Padding.VALID)
            .output(CONV, 13, 13, 12);
    PlanTensor wide =
        p.depthwiseConv2d("wide", pool)
            .strides(2, 2)
            .dilations(1, 1)
            .padding(Padding.SAME)
            .depthMultiplier(1)
            .activation(Activation.RELU)
            .output(WIDE, 7, 7, 12);
    PlanTensor small =
        p.averagePool2d("small", wide)
            .poolSize(2, 2)
            .strides(2, 2)
            .padding(Padding.VALID)
            .output(WIDE, 3, 3, 12);
    PlanTensor flat = p.reshape("flat", small).output(WIDE, 108);
    PlanTensor logits = p.fullyConnected("logits", flat).output(LOGITS, 10);
    p.output("logits", logits);
  }
}
