import dev.detent.annotations.*;

@Model
class Images {
  @Input(shape = 784) Layer row;
  @Conv2D(filters = 8, kernelSize = 3) @Output Layer conv;
  @DepthwiseConv2D(kernelSize = 3, from = "row") @Output Layer depthwise;
  @MaxPool2D(from = "row") @Output Layer pool;
  @GlobalAveragePool2D(from = "row") @Output Layer mean;
  @ZeroPad2D(from = "row") @Output Layer padded;
  @Input(shape = {28, 28, 1}) Layer image;
  @Dense(units = 10, from = "image") @Output Layer logits;
}
