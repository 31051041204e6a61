// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Classifier<T> {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
