package digits;

import dev.detent.annotations.*;

/** Tells digits apart: images of 28 by 28 pixels from 0 to 1, white on black. */
@Model
@Quantize
class Digits {
  @Input(shape = {28, 28, 1})                            Layer image;
  @Conv2D(filters = 12, kernelSize = 3) @BatchNorm @Relu Layer conv;
  @MaxPool2D(poolSize = 2)                               Layer pool;
  @Flatten                                               Layer flat;
  @Dense(units = 10)                                     Layer logits;
}
