import dev.detent.annotations.*;

/** Layers that are taken out of a quantized model: the first, one within and the last. */
@Model
@Quantize
class KeptFloat {
  @Input(shape = {8, 8, 4}) @KeepFloat Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @KeepFloat Layer conv;
  @Conv2D(filters = 4, kernelSize = 3) @Relu Layer middle;
  @MaxPool2D @KeepFloat Layer pool;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
  @Softmax @KeepFloat Layer probabilities;
}
