// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
interface Digits {
  @Input(shape = {28, 28, 1}) Layer image = null;
  @Flatten Layer flat = null;
}
