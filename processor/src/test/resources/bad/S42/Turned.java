// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Turned {
  @Input(shape = {8, 8, 3}) Layer image;
  @Permute(dims = {2, 1}) Layer turned;
}
