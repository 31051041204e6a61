// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
  @ArgMax Layer digit;
  @Softmax Layer probabilities;
}
