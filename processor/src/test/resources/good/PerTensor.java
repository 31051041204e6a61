import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

/** One scale for the weights of a layer, but where a field says otherwise. */
@Model
@Quantize(scheme = TflitePerTensor.class)
class PerTensor {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu Layer conv;
  @Flatten Layer flat;
  @Dense(units = 4) Layer logits;
}
