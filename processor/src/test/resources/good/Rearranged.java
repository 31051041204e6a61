import dev.detent.annotations.*;

/** Every layer that puts values in other places. */
@Model
@Quantize
class Rearranged {
  @Input(shape = {8, 6, 2}) Layer image;
  @SpaceToDepth(blockSize = 2) Layer blocks;
  @Conv2D(filters = 8, kernelSize = 1) @Relu Layer mixed;
  @Pad(padding = {1, 2}, mode = PadMode.SYMMETRIC) Layer mirrored;
  @Crop2D(cropping = {1, 1, 0, 1}) Layer cropped;
  @DepthToSpace(blockSize = 2) Layer pixels;
  @UpSample2D(size = {1, 2}) Layer wide;
  @Resize(height = 5, width = 12) Layer smooth;
  @Resize(
      height = 4,
      width = 6,
      interpolation = Interpolation.NEAREST,
      alignCorners = true,
      halfPixelCenters = false)
  Layer small;
  @UpSample2D(interpolation = Interpolation.BILINEAR) Layer large;
  @Permute(dims = {3, 2, 1}) Layer turned;
  @Slice(begin = {0, 1}, end = {Slice.END, -1}, strides = {1, 3}) Layer sliced;
  @Split(parts = 4, index = 1, axis = 2) Layer second;
  @Split(parts = 4, index = 3, axis = 2, from = "sliced") Layer fourth;
  @Split(parts = 2, index = 1, from = "sliced") Layer half;
  @Concat(value = {"fourth", "second", "fourth"}, axis = 1) Layer stacked;
  @Reshape(shape = {6, 8}) Layer steps;
  @ZeroPad1D(padding = {2, 1}) Layer padded;
  @Crop1D(cropping = {0, 3}) Layer shortened;
  @Sum(axis = 1) Layer total;
  @RepeatVector(n = 3) Layer repeated;
  @Flatten(from = "repeated") Layer flat;
  @Max(axis = {-2}, from = "half") Layer largest;
  @Flatten Layer largestFlat;
  @Concat({"flat", "largestFlat"}) Layer all;
  @Dense(units = 4) Layer logits;
}
