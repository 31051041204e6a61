// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

class Networks {
  @Model
  static class Digits {
    @Input(shape = {28, 28, 1}) Layer image;
    @Flatten Layer flat;
  }
}

@Model
class Networks_Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Flatten Layer flat;
}
