// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

class Networks {
  @Model
  private static class Digits {
    @Input(shape = {28, 28, 1}) Layer image;
    @Flatten Layer flat;
  }
}
