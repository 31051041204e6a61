import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/**
 * Activations of 16 bits with zero point 0; softmax's fixed range follows. Where a layer has 8,
 * each change of width is a QUANTIZE.
 */
@Model
@Quantize(scheme = TfliteInt16x8.class)
class Int16Activations {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @Relu Layer conv;
  @Conv2D(filters = 4, kernelSize = 3) @Relu @QuantizeConfig(bits = 8) Layer narrow;
  @MaxPool2D(poolSize = 2) Layer pool;
  @Flatten Layer flat;
  @Dense(units = 4) Layer logits;
  @Softmax Layer probabilities;
}
