package dev.detent.examples.zoo;

import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;

/** SqueezeNet's fire module (Iandola et al., 2016, figure 1). */
@Block
public @interface Fire {
  /** Channels between. */
  int squeeze();

  /** Channels of each of the two branches. */
  int expand();

  /** The layers. */
  class Layers {
    @Conv2D(kernelSize = 1)
    @Bind("filters = squeeze")
    @Relu
    Layer squeezed;

    @Conv2D(kernelSize = 1)
    @Bind("filters = expand")
    @Relu
    Layer narrow;

    @Conv2D(kernelSize = 3, padding = Padding.SAME, from = "squeezed")
    @Bind("filters = expand")
    @Relu
    Layer wide;

    @Concat({"narrow", "wide"})
    Layer both;
  }
}
