import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.*;

@Model
@Quantize
class Ranges {
  @Input(shape = {8, 8, 3}) Layer image;
  @AveragePool2D(poolSize = 2)
  @QuantizeConfig(activations = @Activations(quantizer = AllValues.class)) Layer average;
  @Softmax @QuantizeConfig(activations = @Activations(quantizer = LastValue.class)) Layer fixed;
}
