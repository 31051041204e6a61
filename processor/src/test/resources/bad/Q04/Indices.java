import dev.detent.annotations.*;

@Model
@Quantize
class Indices {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
  @ArgMax @QuantizeConfig Layer digit;
}
