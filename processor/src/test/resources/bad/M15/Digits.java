// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @KeepFloat static final int CLASSES = 10;
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
  @Dense(units = CLASSES) Layer logits;
}

@Quantize
class Settings {
  @QuantizeConfig(bits = 4) Layer logits;
}
