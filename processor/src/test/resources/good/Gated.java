import dev.detent.annotations.*;

/** A gate over an image (Hu et al., 2018), once kept as an image and once as a row, and merges. */
@Model
@Quantize
class Gated {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 8, kernelSize = 3, padding = Padding.SAME) @BatchNorm @Relu Layer features;
  @GlobalAveragePool2D(keepDims = true) Layer squeezed;
  @Conv2D(filters = 4, kernelSize = 1) @Relu Layer narrow;
  @Conv2D(filters = 8, kernelSize = 1) @Relu6 Layer gate;
  @Multiply({"features", "gate"}) Layer gated;
  @GlobalAveragePool2D(from = "gated") Layer row;
  @Dense(units = 8) @Relu6 Layer rowGate;
  @Multiply({"rowGate", "gated"}) @Relu Layer gatedAgain;
  @Subtract({"gatedAgain", "features"}) Layer difference;
  @Average({"difference", "gated", "features"}) Layer average;
  @Maximum({"average", "difference", "gate"}) Layer largest;
  @Minimum({"largest", "features"}) Layer smallest;
  @Add({"smallest", "squeezed"}) @Relu Layer sum;
  @Mean(axis = {1, 2}) Layer mean;
  @Dense(units = 4) Layer logits;
}
