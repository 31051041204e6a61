// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Directions {
  @Input(shape = {8, 3}) Layer signal;
  @Bidirectional @Conv1D(filters = 4, kernelSize = 3) Layer conv;
  @Bidirectional @Gru(units = 4) Layer memory;
}
