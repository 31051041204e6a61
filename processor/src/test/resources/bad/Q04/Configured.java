import dev.detent.annotations.*;

@Model
@Quantize
class Configured {
  @Input(shape = 784) Layer image;
  @Dropout(rate = 0.1) @QuantizeConfig Layer first;
  @Dropout(rate = 0.1) @Quantize Layer second;
  @Dense(units = 10) Layer logits;
}
