package dev.detent.examples.zoo;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.HardSigmoid;
import dev.detent.annotations.HardSwish;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Multiply;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;
import dev.detent.annotations.When;

/**
 * MobileNetV3's block (Howard et al., 2019, figure 4): an inverted residual whose channels a gate
 * weighs ("squeeze-and-excitation", Hu et al., 2018), with ReLU or hard-swish.
 */
@Block
public @interface Bneck {
  /** Channels inside; those of the input leave the widening out. */
  int expanded();

  /** Channels of the output. */
  int filters();

  /** The depthwise window. */
  int kernelSize() default 3;

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** Whether there is a gate. */
  boolean gated() default true;

  /** Hard-swish for ReLU. */
  boolean hardSwish() default true;

  /** Whether hard-swish is made of operations that XNNPACK has. */
  boolean split() default false;

  /** The layers. ReLU is part of a convolution; hard-swish stands after one. */
  class Layers {
    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = expanded")
    @BatchNorm
    @Relu
    @When("expanded != channels && !hardSwish")
    Layer expandRelu;

    @Conv2D(kernelSize = 1, useBias = false)
    @Bind({"filters = expanded", "split = split"})
    @BatchNorm
    @HardSwish
    @When("expanded != channels && hardSwish")
    Layer expandSwish;

    @DepthwiseConv2D(padding = Padding.SAME, useBias = false)
    @Bind({"kernelSize = kernelSize", "strides = strides"})
    @BatchNorm
    @Relu
    @When("!hardSwish")
    Layer depthwiseRelu;

    @DepthwiseConv2D(padding = Padding.SAME, useBias = false)
    @Bind({"kernelSize = kernelSize", "strides = strides", "split = split"})
    @BatchNorm
    @HardSwish
    @When("hardSwish")
    Layer depthwise;

    @GlobalAveragePool2D(keepDims = true)
    @When("gated")
    Layer squeezed;

    @Conv2D(kernelSize = 1)
    @Bind("filters = divisible(expanded / 4, 8)")
    @Relu
    @When("gated")
    Layer narrow;

    @Conv2D(kernelSize = 1)
    @Bind("filters = expanded")
    @HardSigmoid
    @When("gated")
    Layer gate;

    @Multiply({"depthwise", "gate"})
    @When("gated")
    Layer weighed;

    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = filters")
    @BatchNorm
    Layer project;

    @Add({"input", "project"})
    @When("strides == 1 && channels == filters")
    Layer sum;
  }
}
