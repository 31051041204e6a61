// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Segments {
  @Input(shape = {8, 8, 3}) Layer image;
  @Softmax(axis = 1) Layer rows;
}
