import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

/** Weights alone are integers: everything that flows is float, and no border is needed. */
@Model
@Quantize
@QuantizeConfig(activations = @Activations(quantizer = None.class))
class WeightsOnly {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @BatchNorm @Relu Layer conv;
  @Flatten Layer flat;
  @Dense(units = 8) @Relu @QuantizeConfig Layer quantized;
  @Dense(units = 4) @KeepFloat Layer logits;
}
