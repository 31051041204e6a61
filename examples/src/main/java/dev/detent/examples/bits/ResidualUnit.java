package dev.detent.examples.bits;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;
import dev.detent.annotations.When;

/**
 * A stage of MLPerf Tiny's ResNet-8: two convolutions with a shortcut around them, which is a
 * convolution itself where the stage halves the image.
 */
@Block
@interface ResidualUnit {
  /** Of all kernels, as in MLPerf Tiny's training. */
  double L2 = 1e-4;

  int filters();

  int strides() default 1;

  class Layers {
    @Conv2D(
        kernelSize = 3,
        padding = Padding.SAME,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2)
    @Bind({"filters = filters", "strides = strides"})
    @BatchNorm
    @Relu
    Layer conv1;

    @Conv2D(
        kernelSize = 3,
        padding = Padding.SAME,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2)
    @Bind("filters = filters")
    @BatchNorm
    Layer conv2;

    @Conv2D(
        kernelSize = 1,
        padding = Padding.SAME,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = L2,
        from = "input")
    @Bind({"filters = filters", "strides = strides"})
    @When("strides > 1")
    Layer shortcut;

    @Add({"shortcut", "conv2"})
    @Relu
    Layer sum;
  }
}
