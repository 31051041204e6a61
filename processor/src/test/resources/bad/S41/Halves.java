// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Halves {
  @Input(shape = {8, 8, 3}) Layer image;
  @Split(parts = 2, index = 0) Layer half;
}
