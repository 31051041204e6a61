// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

class Backbone {}

@Model
class Digits extends Backbone {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
