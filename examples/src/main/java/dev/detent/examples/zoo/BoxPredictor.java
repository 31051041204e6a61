package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.DepthwiseConv2D;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Reshape;

/**
 * SSDLite's prediction layer (Sandler et al., 2018, section 6.2): what it says of each box at each
 * place of a feature map, in rows.
 */
@Block
public @interface BoxPredictor {
  /** Boxes at a place. */
  int boxes();

  /** Numbers for a box. */
  int values();

  /** The layer that is read. */
  String from();

  /** The layers. */
  class Layers {
    @DepthwiseConv2D(kernelSize = 3, padding = Padding.SAME, useBias = false)
    @BatchNorm
    @Relu6
    Layer depthwise;

    @Conv2D(kernelSize = 1)
    @Bind("filters = boxes * values")
    Layer predicted;

    @Reshape
    @Bind("shape = {height * width * boxes, values}")
    Layer rows;
  }
}
