package dev.detent.examples.chip;

import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Weights;

/**
 * Tells handwritten digits apart on a {@link PowerOfTwoChip}. The weights of the second
 * convolution, most of all, have 4 bits; those of the first and the last layer keep 8.
 */
@Model
@Quantize(scheme = PowerOfTwoChip.class)
public final class ChipDigits {
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
  @QuantizeConfig(weights = @Weights(bits = 4))
  Layer conv2;

  @MaxPool2D(poolSize = 4)
  Layer pool2;

  @Flatten Layer flat;

  @Dense(units = 10)
  Layer logits;
}
