package dev.detent.examples.zoo;

import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;

/** Two convolutions with ReLU, of which U-Net is made (Ronneberger et al., 2015, section 2). */
@Block
public @interface ConvPair {
  /** Channels of the output. */
  int filters() default 0;

  /** The layers; the paper's have no padding, and crop what they merge. */
  class Layers {
    @Conv2D(kernelSize = 3, padding = Padding.SAME)
    @Bind("filters = filters")
    @Relu
    Layer conv1;

    @Conv2D(kernelSize = 3, padding = Padding.SAME)
    @Bind("filters = filters")
    @Relu
    Layer conv2;
  }
}
