package dev.detent.examples.digits;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/** Tells handwritten digits apart: images of 28 by 28 pixels from 0 to 1, white on black. */
@Model
@Quantize
public final class Digits {
  @Input(shape = {28, 28, 1})
  Layer image;

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

  @Dense(units = 10)
  Layer logits;
}
