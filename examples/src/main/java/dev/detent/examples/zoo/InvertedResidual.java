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

/** MobileNetV2's inverted residual with linear bottleneck (Sandler et al., 2018, section 3.3). */
@Block
public @interface InvertedResidual {
  /** By how much the channels widen inside. */
  int expansion() default 6;

  /** Channels of the output at full width. */
  int filters();

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The width multiplier. */
  double alpha() default 1;

  /** The layers. */
  class Layers {
    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = expansion * channels")
    @BatchNorm
    @Relu6
    @When("expansion > 1")
    Layer expand;

    @DepthwiseConv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
    @Bind("strides = strides")
    @BatchNorm
    @Relu6
    Layer depthwise;

    @Conv2D(kernelSize = 1, useBias = false)
    @Bind("filters = divisible(filters * alpha, 8)")
    @BatchNorm
    Layer project;

    @Add({"input", "project"})
    @When("strides == 1 && channels == divisible(filters * alpha, 8)")
    Layer sum;
  }
}
