import dev.detent.annotations.*;

/** Branches that meet: sums have ranges of their own, concatenations tie all that they read. */
@Model
@Quantize
class Merges {
  @Input(shape = {8, 8, 6}) Layer image;
  @Conv2D(filters = 6, kernelSize = 3, padding = Padding.SAME) @Relu Layer wide;
  @Conv2D(filters = 6, kernelSize = 1, from = "image") Layer narrow;
  @Add({"wide", "narrow", "image"}) @Relu Layer sum;
  @MaxPool2D(poolSize = 3, strides = 1, padding = Padding.SAME) Layer pooled;
  @Conv2D(filters = 2, kernelSize = 1, from = "sum") @Relu6 Layer first;
  @Conv2D(filters = 4, kernelSize = 1, from = "sum") Layer second;
  @Concat({"first", "second", "pooled"}) Layer channels;
  @Concat(value = {"channels", "channels"}, axis = 1) Layer rows;
  @Add({"rows", "rows"}) Layer doubled;
}
