import dev.detent.annotations.*;

/**
 * Outputs from the middle of the network, one of them the input, two of them one tensor, and layers
 * with two readers of which one needs a tied range.
 */
@Model
@Quantize
class Outputs {
  @Input(shape = {4, 4, 2}) @Output Layer image;
  @Conv2D(filters = 3, kernelSize = 3, padding = Padding.SAME) @Relu @Output Layer left;
  @Dropout(rate = 0.1) @Output Layer dropped;
  @Conv2D(filters = 2, kernelSize = 3, padding = Padding.SAME, from = "image") Layer right;
  @Concat({"dropped", "right"}) Layer both;
  @MaxPool2D(poolSize = 2) @Output Layer pool;
  @Conv2D(filters = 2, kernelSize = 1, from = "right") Layer onlyRight;
  @Flatten Layer flat;
  @Dense(units = 3) @Output Layer logits;
  @Flatten(from = "pool") Layer poolFlat;
  @Dense(units = 2) @Output Layer others;
}
