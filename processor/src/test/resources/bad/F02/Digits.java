// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten static Layer flat;
}
