// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Parts {
  @Input(shape = 8) Layer values;
  @Split(parts = 2, index = 2) Layer second;
}
