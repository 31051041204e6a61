// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Quantize
class Digits {
  @Input(shape = 784) Layer image;
  @Dropout(rate = 0.1) @KeepFloat Layer dropped;
  @Dense(units = 10) Layer logits;
}
