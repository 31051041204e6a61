package dev.detent.examples.cifar;

import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Softmax;

/**
 * MobileNetV1 (Howard et al., 2017) at a quarter of its width and 96 by 96 pixels, as in MLPerf
 * Tiny's visual wake words: is there a person in the photograph?
 *
 * <p>Thirteen pairs of a depthwise and a pointwise convolution.
 */
@Model
@Quantize
public final class MobileNetV1 {
  private static final double L2 = 1e-4;

  @Input(shape = {96, 96, 3})
  Layer image;

  @Conv2D(
      filters = 8,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer conv;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise1;

  @Conv2D(filters = 16, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise1;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise2;

  @Conv2D(filters = 32, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise2;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise3;

  @Conv2D(filters = 32, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise3;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise4;

  @Conv2D(filters = 64, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise4;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise5;

  @Conv2D(filters = 64, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise5;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise6;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise6;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise7;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise7;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise8;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise8;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise9;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise9;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise10;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise10;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise11;

  @Conv2D(filters = 128, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise11;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise12;

  @Conv2D(filters = 256, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise12;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      depthwiseInitializer = Initializer.HE_NORMAL,
      depthwiseL2 = L2)
  @BatchNorm
  @Relu
  Layer depthwise13;

  @Conv2D(filters = 256, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer pointwise13;

  @AveragePool2D(poolSize = 3)
  Layer pool;

  @Flatten Layer flat;

  @Dense(units = 2, kernelInitializer = Initializer.HE_NORMAL)
  Layer logits;

  @Softmax Layer probabilities;
}
