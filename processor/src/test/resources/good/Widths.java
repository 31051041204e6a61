import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/** Every width in one model; tensors that are read in two widths are requantized once for each. */
@Model
@Quantize(scheme = AnyWidth.class)
class Widths {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @Relu Layer first;
  @Conv2D(filters = 4, kernelSize = 3) @Relu @QuantizeConfig(bits = 2) Layer two;

  @Conv2D(filters = 4, kernelSize = 1)
  @QuantizeConfig(weights = @Weights(bits = 3, narrowRange = false), activations = @Activations(bits = 5))
  Layer three;

  @Conv2D(filters = 4, kernelSize = 1, from = "two") @QuantizeConfig(bits = 5) Layer five;
  @Add({"three", "five"}) @QuantizeConfig(bits = 16) Layer sum;
  @MaxPool2D(poolSize = 2) Layer pool;
  @Flatten Layer flat;
  @Dense(units = 4) @QuantizeConfig(bits = 16) Layer logits;
  @Softmax @QuantizeConfig(bits = 4) Layer probabilities;
}
