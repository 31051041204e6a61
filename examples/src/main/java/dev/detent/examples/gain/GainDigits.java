package dev.detent.examples.gain;

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

/** Tells handwritten digits apart, with a {@link Gain} after the first convolution. */
@Model
@Quantize
public final class GainDigits {
  @Input(shape = {28, 28, 1})
  Layer image;

  @Conv2D(filters = 16, kernelSize = 3)
  @BatchNorm
  @Relu
  Layer conv1;

  @Gain Layer gained;

  @MaxPool2D(poolSize = 2)
  Layer pool1;

  @Conv2D(filters = 32, kernelSize = 3)
  @BatchNorm
  @Relu
  Layer conv2;

  @MaxPool2D(poolSize = 4)
  Layer pool2;

  @Flatten Layer flat;

  @Dense(units = 10)
  Layer logits;
}
