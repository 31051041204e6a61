package dev.detent.examples.zoo;

import dev.detent.annotations.Add;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;
import dev.detent.annotations.When;

/** Two convolutions with a shortcut around them (He et al., 2016, figure 2, option B). */
@Block
public @interface BasicBlock {
  /** Channels of the output. */
  int filters();

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The layers. */
  class Layers {
    @Conv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
    @Bind({"filters = filters", "strides = strides"})
    @BatchNorm
    @Relu
    Layer conv1;

    @Conv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
    @Bind("filters = filters")
    @BatchNorm
    Layer conv2;

    @Conv2D(kernelSize = 1, useBias = false, from = "input")
    @Bind({"filters = filters", "strides = strides"})
    @BatchNorm
    @When("strides > 1 || channels != filters")
    Layer shortcut;

    @Add({"conv2", "shortcut"})
    @Relu
    Layer sum;
  }
}
