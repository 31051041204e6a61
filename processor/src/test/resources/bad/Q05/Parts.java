import dev.detent.annotations.*;

@Model
@Quantize
class Parts {
  @Input(shape = {8, 8, 3}) Layer image;
  @MaxPool2D(poolSize = 2) @QuantizeConfig(weights = @Weights(bits = 8)) Layer pool;
}
