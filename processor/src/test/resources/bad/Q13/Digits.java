// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

interface MyChip {}

@Model
@Quantize(scheme = MyChip.class)
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
}
