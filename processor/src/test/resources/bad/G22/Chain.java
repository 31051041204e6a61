// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Chain {
  @Input(shape = 8) Layer values;
  @Dense(units = 8) Layer first;
  @Dense(units = 8, sharedWith = "first") Layer second;
  @Dense(units = 8, sharedWith = "second") Layer third;
}
