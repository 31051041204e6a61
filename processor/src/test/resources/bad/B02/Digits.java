// The example in docs/DIAGNOSTICS.md.
import dev.detent.annotations.*;

@Model
class Digits {
  @Input(shape = {28, 28, 1}) Layer image;
  @Twice(repeat = 0) Layer block;
}

@Block
@interface Twice {
  int repeat() default 2;

  class Layers {
    @Relu Layer relu;
  }
}
