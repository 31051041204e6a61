// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Sliced {
  @Input(shape = {28, 28}) Layer image;
  @Slice(begin = {0, 4, 4}) Layer slice;
}
