package dev.detent.examples.layers;

import dev.detent.annotations.Average;
import dev.detent.annotations.Concat;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.Flatten;
import dev.detent.annotations.Input;
import dev.detent.annotations.KeepFloat;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Maximum;
import dev.detent.annotations.Mean;
import dev.detent.annotations.Model;
import dev.detent.annotations.Multiply;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Resize;
import dev.detent.annotations.Split;
import dev.detent.annotations.Sum;

/** Merging, moving and reducing layers on both sides of borders between float and integers. */
@Model
@Quantize
class PartlyFloat {
  @Input(shape = {6, 6, 2})
  Layer image;

  @Conv2D(filters = 4, kernelSize = 3)
  Layer features; // [4, 4, 4]

  @Split(parts = 2, index = 0)
  Layer left; // [4, 4, 2]

  @KeepFloat
  @Split(parts = 2, index = 1, from = "features")
  Layer right;

  @KeepFloat
  @Multiply({"left", "right"})
  Layer product;

  @KeepFloat
  @Average({"product", "left", "right"})
  Layer average;

  @Maximum({"average", "left"})
  Layer largest;

  @KeepFloat
  @Resize(height = 3, width = 5)
  Layer smaller; // [3, 5, 2]

  @Sum(axis = 2)
  Layer sum; // [3, 2]

  @KeepFloat
  @Mean(
      axis = {1, 2},
      from = "largest")
  Layer mean; // [2]

  @Flatten(from = "sum")
  Layer flat; // [6]

  @Concat({"flat", "mean"})
  Layer both;

  @Dense(units = 3)
  Layer logits;
}
