// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
@Quantize
class Branches {
  @Input(shape = 784) Layer image;
  @Dense(units = 10) Layer logits;
  @Softmax Layer probabilities;
  @Concat({"logits", "probabilities"}) Layer both;
}
