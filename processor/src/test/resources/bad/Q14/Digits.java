// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;
import dev.detent.annotations.scheme.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) @Quantize Layer image;
  @Dense(units = 64) @Quantize(scheme = TfliteInt8.class) Layer hidden;
  @Dense(units = 10) @Quantize(scheme = TfliteInt16x8.class) Layer logits;
}
