// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) @Relu Layer image;
  @Dense(units = 10) Layer logits;
}
