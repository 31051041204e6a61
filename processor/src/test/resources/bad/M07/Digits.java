// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Dense(units = 10) Layer logits;
}
