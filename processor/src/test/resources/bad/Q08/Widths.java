import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize(scheme = AnyWidth.class)
class Widths {
  @Input(shape = {8, 8, 3}) Layer image;
  @Conv2D(filters = 4, kernelSize = 3) @QuantizeConfig(bits = 4) Layer four;
  @Conv2D(filters = 4, kernelSize = 3, from = "image") @QuantizeConfig(bits = 6) Layer six;
  @Concat({"four", "six"}) Layer both;
  @MaxPool2D(poolSize = 2) @QuantizeConfig(bits = 3) Layer pool;
}
