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
  @Conv1D(filters = 8, kernelSize = 3, from = "image") @Output Layer sequence;
  @MaxPool1D(from = "image") @Output Layer pool1d;
  @DepthwiseConv1D(kernelSize = 3, from = "image") @Output Layer depthwise1d;
  @Conv1DTranspose(filters = 8, kernelSize = 3, from = "image") @Output Layer longer;
  @UpSample1D(from = "image") @Output Layer repeated;
  @GlobalAveragePool1D(from = "row") @Output Layer mean1d;
  @SpatialDropout2D(rate = 0.5, from = "row") @Output Layer dropped;
}
