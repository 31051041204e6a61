// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Quantize
@QuantizeConfig(bits = 4)
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
  @Dense(units = 10) Layer logits;
}
