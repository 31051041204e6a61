package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;

/** A depthwise and a pointwise convolution (Howard et al., 2017, section 3.1). */
@Block
public @interface DepthwiseSeparable {
  /** Channels of the output at full width. */
  int filters();

  /** Steps of the first repetition. */
  int strides() default 1;

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The width multiplier. */
  double alpha() default 1;

  /** Whether the convolutions have a bias beside the batch norm's. */
  boolean bias() default false;

  /** The layers. */
  class Layers {
    @DepthwiseConv2D(kernelSize = 3, padding = Padding.SAME)
    @Bind({"strides = strides", "useBias = bias"})
    @BatchNorm
    @Relu
    Layer depthwise;

    @Conv2D(kernelSize = 1)
    @Bind({"filters = floor(filters * alpha)", "useBias = bias"})
    @BatchNorm
    @Relu
    Layer pointwise;
  }
}
