package dev.detent.examples.bits;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Relu;

/** The first convolution of MLPerf Tiny's ResNet-8, with batch norm and ReLU. */
@Block
@interface ConvUnit {
  int filters();

  class Layers {
    @Conv2D(
        kernelSize = 3,
        padding = Padding.SAME,
        kernelInitializer = Initializer.HE_NORMAL,
        kernelL2 = ResidualUnit.L2)
    @Bind("filters = filters")
    @BatchNorm
    @Relu
    Layer conv;
  }
}
