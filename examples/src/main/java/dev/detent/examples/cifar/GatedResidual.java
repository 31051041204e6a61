package dev.detent.examples.cifar;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.HardSigmoid;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Multiply;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;
import dev.detent.annotations.When;

/**
 * MobileNetV3's block (Howard et al., 2019, figure 4): widens, convolves channel by channel and
 * narrows again, with a shortcut where the shape stays.
 *
 * <p>A gate in between ("squeeze-and-excitation", Hu et al., 2018) weighs the channels by what the
 * whole image holds: their means go through two dense layers, here convolutions of kernel size 1,
 * so that the gate is an image of one pixel that {@code MUL} repeats.
 */
@Block
@interface GatedResidual {
  /** Of all kernels but the depthwise ones. */
  double L2 = 4e-5;

  /** Channels inside; those of the input leave the widening out. */
  int expanded();

  int filters();

  int kernelSize() default 3;

  int strides() default 1;

  boolean gated() default true;

  /** Hard-swish, split into operations that XNNPACK has, for ReLU. */
  boolean hardSwish() default true;

  class Layers {
    @Conv2D(
        kernelSize = 1,
        useBias = false,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2)
    @Bind("filters = expanded")
    @BatchNorm
    @Relu
    @When("expanded != channels && !hardSwish")
    Layer wideRelu;

    @Conv2D(
        kernelSize = 1,
        useBias = false,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2)
    @Bind("filters = expanded")
    @BatchNorm
    @HardSwish(split = true)
    @When("expanded != channels && hardSwish")
    Layer wide;

    @DepthwiseConv2D(
        padding = Padding.SAME,
        useBias = false,
        depthwiseInitializer = Initializer.HE_NORMAL)
    @Bind({"kernelSize = kernelSize", "strides = strides"})
    @BatchNorm
    @Relu
    @When("!hardSwish")
    Layer depthwiseRelu;

    @DepthwiseConv2D(
        padding = Padding.SAME,
        useBias = false,
        depthwiseInitializer = Initializer.HE_NORMAL)
    @Bind({"kernelSize = kernelSize", "strides = strides"})
    @BatchNorm
    @HardSwish(split = true)
    @When("hardSwish")
    Layer depthwise;

    @GlobalAveragePool2D(keepDims = true)
    @When("gated")
    Layer mean;

    @Conv2D(kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
    @Bind("filters = max(8, expanded / 4)")
    @Relu
    @When("gated")
    Layer narrow;

    @Conv2D(kernelSize = 1, kernelInitializer = Initializer.HE_NORMAL, kernelL2 = L2)
    @Bind("filters = expanded")
    @HardSigmoid
    @When("gated")
    Layer gate;

    @Multiply({"depthwise", "gate"})
    @When("gated")
    Layer gated;

    @Conv2D(
        kernelSize = 1,
        useBias = false,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2)
    @Bind("filters = filters")
    @BatchNorm
    Layer project;

    @Add({"input", "project"})
    @When("strides == 1 && channels == filters")
    Layer sum;
  }
}
