package dev.detent.examples.layers;

import dev.detent.annotations.Add;
import dev.detent.annotations.Average;
import dev.detent.annotations.BatchNorm;
import dev.detent.annotations.Conv2D;
import dev.detent.annotations.Dense;
import dev.detent.annotations.GlobalAveragePool2D;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Maximum;
import dev.detent.annotations.Mean;
import dev.detent.annotations.Minimum;
import dev.detent.annotations.Model;
import dev.detent.annotations.Multiply;
import dev.detent.annotations.Padding;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.Relu;
import dev.detent.annotations.Relu6;
import dev.detent.annotations.Subtract;

/** A gate over an image (Hu et al., 2018), once kept as an image and once as a row, and merges. */
@Model
@Quantize
class SqueezeExcitation {
  @Input(shape = {8, 8, 3})
  Layer image;

  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME)
  @BatchNorm
  @Relu
  Layer features;

  @GlobalAveragePool2D(keepDims = true)
  Layer squeezed;

  @Conv2D(filters = 4, kernelSize = 1)
  @Relu
  Layer narrow;

  @Conv2D(filters = 8, kernelSize = 1)
  @Relu6
  Layer gate;

  @Multiply({"features", "gate"})
  Layer gated;

  @GlobalAveragePool2D(from = "gated")
  Layer row;

  @Dense(units = 8)
  @Relu6
  Layer rowGate;

  @Multiply({"rowGate", "gated"})
  @Relu
  Layer gatedAgain;

  @Subtract({"gatedAgain", "features"})
  Layer difference;

  @Average({"difference", "gated", "features"})
  Layer average;

  @Maximum({"average", "difference", "gate"})
  Layer largest;

  @Minimum({"largest", "features"})
  Layer smallest;

  @Add({"smallest", "squeezed"})
  @Relu
  Layer sum;

  @Mean(axis = {1, 2})
  Layer mean;

  @Dense(units = 4)
  Layer logits;
}
