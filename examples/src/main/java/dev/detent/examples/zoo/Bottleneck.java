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

/** A residual bottleneck with its stride in the middle (He et al., 2016, figure 5; "v1.5"). */
@Block
public @interface Bottleneck {
  /** Channels inside; the output has four times as many. */
  int filters();

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The layers. */
  class Layers {
    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = filters")
    @BatchNorm
    @Relu
    Layer reduce;

    @Conv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
    @Bind({"filters = filters", "strides = strides"})
    @BatchNorm
    @Relu
    Layer conv;

    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = 4 * filters")
    @BatchNorm
    Layer widen;

    @Conv2D(kernelSize = 1, useBias = false, from = "input")
    @Bind({"filters = 4 * filters", "strides = strides"})
    @BatchNorm
    @When("strides > 1 || channels != 4 * filters")
    Layer shortcut;

    @Add({"widen", "shortcut"})
    @Relu
    Layer sum;
  }
}
