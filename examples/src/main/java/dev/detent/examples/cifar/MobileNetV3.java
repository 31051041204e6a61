package dev.detent.examples.cifar;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.HardSigmoid;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Model;
import dev.detent.annotations.Multiply;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/**
 * MobileNetV3 (Howard et al., 2019), the small one cut to photographs of 32 by 32 pixels from 0 to
 * 255 in ten classes: the published kernels, gates and activations, fewer repetitions, and three
 * halvings of the image instead of five.
 *
 * <p>Each block widens, convolves channel by channel and narrows again. A gate in between
 * ("squeeze-and-excitation", Hu et al., 2018) weighs the channels by what the whole image holds:
 * their means go through two dense layers, here convolutions of kernel size 1, so that the gate is
 * an image of one pixel that {@code MUL} repeats. Later blocks have hard-swish for ReLU, split into
 * operations that XNNPACK has.
 */
@Model
@Quantize
public final class MobileNetV3 {
  private static final double L2 = 4e-5;

  @Input(shape = {32, 32, 3})
  Layer image;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer conv;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer depthwise1;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed1;

  @Conv2D(filters = 8, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @Relu
  Layer narrow1;

  @Conv2D(filters = 16, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSigmoid
  Layer gate1;

  @Multiply({"depthwise1", "gate1"})
  Layer gated1;

  @Conv2D(
      filters = 16,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block1;

  @Conv2D(
      filters = 72,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wide2;

  @DepthwiseConv2D(
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer depthwise2;

  @Conv2D(
      filters = 24,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block2;

  @Conv2D(
      filters = 88,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer wide3;

  @DepthwiseConv2D(
      kernelSize = 3,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @Relu
  Layer depthwise3;

  @Conv2D(
      filters = 24,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block3;

  @Add({"block2", "block3"})
  Layer sum3;

  @Conv2D(
      filters = 96,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer wide4;

  @DepthwiseConv2D(
      kernelSize = 5,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @HardSwish(split = true)
  Layer depthwise4;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed4;

  @Conv2D(filters = 24, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @Relu
  Layer narrow4;

  @Conv2D(filters = 96, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSigmoid
  Layer gate4;

  @Multiply({"depthwise4", "gate4"})
  Layer gated4;

  @Conv2D(
      filters = 40,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block4;

  @Conv2D(
      filters = 120,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer wide5;

  @DepthwiseConv2D(
      kernelSize = 5,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @HardSwish(split = true)
  Layer depthwise5;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed5;

  @Conv2D(filters = 30, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @Relu
  Layer narrow5;

  @Conv2D(filters = 120, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSigmoid
  Layer gate5;

  @Multiply({"depthwise5", "gate5"})
  Layer gated5;

  @Conv2D(
      filters = 40,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block5;

  @Add({"block4", "block5"})
  Layer sum5;

  @Conv2D(
      filters = 144,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer wide6;

  @DepthwiseConv2D(
      kernelSize = 5,
      strides = 2,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @HardSwish(split = true)
  Layer depthwise6;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed6;

  @Conv2D(filters = 36, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @Relu
  Layer narrow6;

  @Conv2D(filters = 144, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSigmoid
  Layer gate6;

  @Multiply({"depthwise6", "gate6"})
  Layer gated6;

  @Conv2D(
      filters = 48,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block6;

  @Conv2D(
      filters = 192,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer wide7;

  @DepthwiseConv2D(
      kernelSize = 5,
      padding = Padding.SAME,
      useBias = false,
      depthwiseInitializer = Initializer.HE_NORMAL)
  @BatchNorm
  @HardSwish(split = true)
  Layer depthwise7;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed7;

  @Conv2D(filters = 48, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @Relu
  Layer narrow7;

  @Conv2D(filters = 192, kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSigmoid
  Layer gate7;

  @Multiply({"depthwise7", "gate7"})
  Layer gated7;

  @Conv2D(
      filters = 48,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer block7;

  @Add({"block6", "block7"})
  Layer sum7;

  @Conv2D(
      filters = 288,
      kernelSize = 1,
      useBias = false,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @HardSwish(split = true)
  Layer last;

  @GlobalAveragePool2D Layer mean;

  @Dense(units = 128, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
  @HardSwish(split = true)
  Layer hidden;

  @Dense(units = 10)
  Layer logits;
}
