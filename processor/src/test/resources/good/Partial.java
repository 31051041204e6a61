import dev.detent.annotations.*;

/** Some layers are quantized: borders stand where float and integers meet, and nowhere else. */
@Model
class Partial {
  @Input(shape = {8, 8, 4}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3, padding = Padding.SAME) @Relu Layer before;
  @Conv2D(filters = 4, kernelSize = 3, padding = Padding.SAME) @Quantize Layer first;
  @Conv2D(filters = 4, kernelSize = 1, from = "before") @Quantize Layer second;
  @MaxPool2D(from = "first") Layer follows;
  @AveragePool2D(from = "second") Layer average;
  @Flatten(from = "follows") Layer flat;
  @Dropout(rate = 0.5) Layer dropped;
  @Dense(units = 3) Layer logits;
  @Flatten(from = "average") Layer other;
  @Dense(units = 3) @Quantize Layer more;
  @Add({"logits", "more"}) Layer sum;
}
