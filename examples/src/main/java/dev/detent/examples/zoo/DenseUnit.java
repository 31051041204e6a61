package dev.detent.examples.zoo;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Bind;
import dev.detent.annotations.Block;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Relu;

/** A dense layer with batch norm and ReLU. */
@Block
public @interface DenseUnit {
  /** Size of the output. */
  int units();

  /** How many of them, one after the other. */
  int repeat() default 1;

  /** The layers. */
  class Layers {
    @Dense
    @Bind("units = units")
    @BatchNorm
    @Relu
    Layer dense;
  }
}
