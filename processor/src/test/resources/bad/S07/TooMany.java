import dev.detent.annotations.*;

@Model
class TooMany {
  @Input(shape = {2, 2, 65536}) Layer image;
  @Conv2D(filters = 65536, kernelSize = 1) @Output Layer kernel;
  @DepthwiseConv2D(kernelSize = 1, depthMultiplier = 65536, from = "image") @Output Layer channels;
  @ZeroPad2D(padding = {2147483647, 2147483647}, from = "image") @Output Layer padded;
  @Conv2D(filters = 2147483647, kernelSize = 1, from = "image") @Output Layer output;
}
