package dev.detent.examples.layers;

import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Crop1D;
import dev.detent.annotations.Crop2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.DepthToSpace;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.Interpolation;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Max;
import dev.detent.annotations.Model;
import dev.detent.annotations.Pad;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Permute;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.RepeatVector;
import dev.detent.annotations.Reshape;
import dev.detent.annotations.Resize;
import dev.detent.annotations.Slice;
import dev.detent.annotations.SpaceToDepth;
import dev.detent.annotations.Split;
import dev.detent.annotations.Sum;
import dev.detent.annotations.UpSample2D;
import dev.detent.annotations.ZeroPad1D;

/** Every layer that puts values in other places. */
@Model
@Quantize
class Rearrangement {
  @Input(shape = {8, 6, 2})
  Layer image;

  @SpaceToDepth(blockSize = 2)
  Layer blocks; // [4, 3, 8]

  @Conv2D(filters = 8, kernelSize = 1)
  @Relu
  Layer mixed; // [4, 3, 8]

  @Pad(
      padding = {1, 2},
      mode = PadMode.REFLECT)
  Layer mirrored; // [6, 7, 8]

  @Crop2D(cropping = {1, 1, 0, 1})
  Layer cropped; // [4, 6, 8]

  @DepthToSpace(blockSize = 2)
  Layer pixels; // [8, 12, 2]

  @UpSample2D(size = {1, 2})
  Layer wide; // [8, 24, 2]

  @Resize(height = 5, width = 12)
  Layer smooth; // [5, 12, 2]

  @Resize(
      height = 4,
      width = 6,
      interpolation = Interpolation.NEAREST,
      alignCorners = true,
      halfPixelCenters = false)
  Layer small; // [4, 6, 2]

  @UpSample2D(interpolation = Interpolation.BILINEAR)
  Layer large; // [8, 12, 2]

  @Permute(dims = {3, 2, 1})
  Layer turned; // [2, 12, 8]

  @Slice(
      begin = {0, 1},
      end = {Slice.END, -1},
      strides = {1, 3})
  Layer sliced; // [2, 4, 8]

  @Split(parts = 4, index = 1, axis = 2)
  Layer second; // [2, 1, 8]

  @Split(parts = 4, index = 3, axis = 2, from = "sliced")
  Layer fourth; // [2, 1, 8]

  @Split(parts = 2, index = 1, from = "sliced")
  Layer half; // [2, 4, 4]

  @Concat(
      value = {"fourth", "second", "fourth"},
      axis = 1)
  Layer stacked; // [6, 1, 8]

  @Reshape(shape = {6, 8})
  Layer steps;

  @ZeroPad1D(padding = {2, 1})
  Layer padded; // [9, 8]

  @Crop1D(cropping = {0, 3})
  Layer shortened; // [6, 8]

  @Sum(axis = 1)
  Layer total; // [8]

  @RepeatVector(n = 3)
  Layer repeated; // [3, 8]

  @Flatten(from = "repeated")
  Layer flat;

  @Max(
      axis = {-2},
      from = "half")
  Layer largest; // [2, 4]

  @Flatten Layer largestFlat;

  @Concat({"flat", "largestFlat"})
  Layer all;

  @Dense(units = 4)
  Layer logits;
}
