package dev.detent.examples.layers;

import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Dropout;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.MaxPool2D;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;

/**
 * Outputs from the middle of the network, one of them the input, two of them one tensor, and layers
 * with two readers of which one needs a tied range.
 */
@Model
@Quantize
class ManyOutputs {
  @Input(shape = {4, 4, 2})
  @Output
  Layer image;

  @Conv2D(filters = 3, kernelSize = 3, padding = Padding.SAME)
  @Relu
  @Output
  Layer left;

  @Dropout(rate = 0.1)
  @Output
  Layer dropped;

  @Conv2D(filters = 2, kernelSize = 3, padding = Padding.SAME, from = "image")
  Layer right;

  @Concat({"dropped", "right"})
  Layer both;

  @MaxPool2D(poolSize = 2)
  @Output
  Layer pool;

  @Conv2D(filters = 2, kernelSize = 1, from = "right")
  Layer onlyRight;

  @Flatten Layer flat;

  @Dense(units = 3)
  @Output
  Layer logits;

  @Flatten(from = "pool")
  Layer poolFlat;

  @Dense(units = 2)
  @Output
  Layer others;
}
