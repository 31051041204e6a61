// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Endless Layer block;
}

@Block
@interface Endless {
  class Layers {
    @Relu Layer relu;
    @Endless Layer again;
  }
}
