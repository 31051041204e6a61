package dev.detent.examples.cifar;

import dev.detent.annotations.Add;
import dev.detent.annotations.AveragePool2D;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
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
 * ResNet-8 of the MLPerf Tiny benchmark (Banbury et al., 2021), after He et al., 2016: photographs
 * of 32 by 32 pixels from 0 to 255, ten classes.
 *
 * <p>Three stages of two convolutions with a shortcut around them; the second and third halve the
 * image and double the channels, and there the shortcut is a convolution itself.
 */
@Model
@Quantize
public final class ResNet8 {
  private static final double L2 = 1e-4;

  @Input(shape = {32, 32, 3})
  Layer image;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer conv;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer conv1a;

  @Conv2D(
      filters = 16,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer conv1b;

  @Add({"conv", "conv1b"})
  @Relu
  Layer sum1;

  @Conv2D(
      filters = 32,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer conv2a;

  @Conv2D(
      filters = 32,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer conv2b;

  @Conv2D(
      filters = 32,
      kernelSize = 1,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "sum1")
  Layer shortcut2;

  @Add({"shortcut2", "conv2b"})
  @Relu
  Layer sum2;

  @Conv2D(
      filters = 64,
      kernelSize = 3,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  @Relu
  Layer conv3a;

  @Conv2D(
      filters = 64,
      kernelSize = 3,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2)
  @BatchNorm
  Layer conv3b;

  @Conv2D(
      filters = 64,
      kernelSize = 1,
      strides = 2,
      padding = Padding.SAME,
      kernelInitializer = Initializer.HE_NORMAL,
      kernelL2 = L2,
      from = "sum2")
  Layer shortcut3;

  @Add({"shortcut3", "conv3b"})
  @Relu
  Layer sum3;

  @AveragePool2D(poolSize = 8)
  Layer pool;

  @Flatten Layer flat;

  @Dense(units = 10, kernelInitializer = Initializer.HE_NORMAL)
  Layer logits;

  @Softmax Layer probabilities;
}
