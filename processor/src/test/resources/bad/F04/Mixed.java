import dev.detent.annotations.*;

@Model
class Mixed {
  @Input(shape = 4) Layer values;
  @Twice @Relu Layer block;
}

@Block
@interface Twice {
  class Layers {
    @Dense(units = 4) Layer dense;
  }
}
