// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Mirrored {
  @Input(shape = {4, 8, 3}) Layer image;
  @Pad(padding = 4) Layer mirrored;
}
