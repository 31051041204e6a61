package dev.detent.examples.zoo;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.When;

/** EfficientNet's block without squeeze-and-excitation, which Lite leaves out. */
@Block
public @interface LiteBlock {
  /** By how much the channels widen inside. */
  int expansion() default 6;

  /** Channels of the output. */
  int filters();

  /** The depthwise window. */
  int kernelSize() default 3;

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The layers. */
  class Layers {
    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = expansion * channels")
    @BatchNorm
    @Relu6
    @When("expansion > 1")
    Layer expand;

    @DepthwiseConv2D(padding = Padding.SAME, useBias = false)
    @Bind({"kernelSize = kernelSize", "strides = strides"})
    @BatchNorm
    @Relu6
    Layer depthwise;

    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = filters")
    @BatchNorm
    Layer project;

    @Add({"input", "project"})
    @When("strides == 1 && channels == filters")
    Layer sum;
  }
}
