package dev.detent.examples.transfer;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Block;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Relu;

/** What two networks have in common: features of an image, whatever it is told apart from. */
@Block
public @interface Backbone {
  /** The layers. */
  class Layers {
    @Conv2D(filters = 16, kernelSize = 3)
    @BatchNorm
    @Relu
    Layer conv1;

    @MaxPool2D(poolSize = 2)
    Layer pool1;

    @Conv2D(filters = 32, kernelSize = 3)
    @BatchNorm
    @Relu
    Layer conv2;

    @MaxPool2D(poolSize = 2)
    Layer pool2;

    @Flatten Layer flat;
  }
}
